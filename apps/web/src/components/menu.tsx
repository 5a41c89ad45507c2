import './menu.css';
import * as Radix from '@radix-ui/react-dropdown-menu';
import { type ReactElement, type ReactNode, useState } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** A menu that opens below its trigger: arrows move, letters find, Escape closes. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  // Within the page's own landmark, for who finds their way by these; looked up late, as bars stand before the page.
  const [place, setPlace] = useState<HTMLElement | null>(null);
  return (
    <Radix.Root modal={false} onOpenChange={(open) => open && setPlace(document.getElementById('main'))}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      <Radix.Portal container={place}>
        <Radix.Content className="menu" align="end" sideOffset={4} collisionPadding={8}>
          {children}
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

interface ItemProps {
  icon?: IconName;
  onSelect(): void;
  danger?: boolean;
  disabled?: boolean;
  /** It leads to the page that is shown. */
  current?: boolean;
  children: ReactNode;
}

export function MenuItem({ icon, onSelect, danger, disabled = false, current, children }: ItemProps) {
  return (
    <Radix.Item
      className={danger === true ? 'menu-item menu-danger' : 'menu-item'}
      onSelect={onSelect}
      disabled={disabled}
      aria-current={current === true ? 'page' : undefined}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </Radix.Item>
  );
}

interface CheckItemProps {
  checked: boolean;
  onCheckedChange(checked: boolean): void;
  children: ReactNode;
}

/** An item that is on or off; the menu stays open. */
export function MenuCheckItem({ checked, onCheckedChange, children }: CheckItemProps) {
  return (
    <Radix.CheckboxItem
      className="menu-item"
      checked={checked}
      onCheckedChange={onCheckedChange}
      onSelect={(event) => event.preventDefault()}
    >
      <span className="menu-tick">{checked && <Icon name="check" />}</span>
      {children}
    </Radix.CheckboxItem>
  );
}

export function MenuLabel({ children }: { children: ReactNode }) {
  return <Radix.Label className="menu-label">{children}</Radix.Label>;
}

export function MenuLine() {
  return <Radix.Separator className="menu-line" />;
}
