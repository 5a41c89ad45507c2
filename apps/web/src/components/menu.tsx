import './menu.css';
import * as Radix from '@radix-ui/react-dropdown-menu';
import type { ReactElement, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

/** A menu that opens below its trigger: arrows move, letters find, Escape closes. */
export function Menu({ trigger, children }: { trigger: ReactElement; children: ReactNode }) {
  return (
    <Radix.Root modal={false}>
      <Radix.Trigger asChild>{trigger}</Radix.Trigger>
      {/* Within the page's own landmark, for who finds their way by these. */}
      <Radix.Portal container={document.getElementById('main')}>
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
  children: ReactNode;
}

export function MenuItem({ icon, onSelect, danger = false, disabled = false, children }: ItemProps) {
  return (
    <Radix.Item
      className={danger ? 'menu-item menu-danger' : 'menu-item'}
      onSelect={onSelect}
      disabled={disabled}
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
