import './button.css';
import type { ButtonHTMLAttributes, ReactNode } from 'react';
import { Icon, type IconName } from './icon.tsx';

type Look = 'primary' | 'plain' | 'danger' | 'quiet';

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  /** `primary`: the one thing a page is for; `plain` otherwise; `quiet` among text. */
  look?: Look;
  icon?: IconName;
  /** It is being done: it stays focused, and a second press does nothing. */
  busy?: boolean;
}

/** The classes of a link that looks like a button. */
export function buttonClass(look: Look = 'plain'): string {
  return `button button-${look}`;
}

export function Button({ look = 'plain', icon, busy = false, children, onClick, ...rest }: ButtonProps) {
  return (
    <button
      type="button"
      className={buttonClass(look)}
      aria-disabled={busy || undefined}
      {...rest}
      onClick={(event) => {
        if (busy) event.preventDefault();
        else onClick?.(event);
      }}
    >
      {icon !== undefined && <Icon name={icon} />}
      {children}
    </button>
  );
}

interface IconButtonProps extends Omit<ButtonProps, 'icon' | 'children'> {
  icon: IconName;
  /** What it does, read out and shown on hover. */
  label: string;
  children?: ReactNode;
}

/** A button that shows only an icon. */
export function IconButton({ icon, label, look = 'quiet', ...rest }: IconButtonProps) {
  return <Button look={look} icon={icon} aria-label={label} title={label} data-square="" {...rest} />;
}
