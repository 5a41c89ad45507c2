import './filters.css';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';
import { Icon } from './icon.tsx';
import { Menu } from './menu.tsx';

/** A choice of several that a list is filtered by. */
export function FilterMenu({ label, children }: { label: string; children: ReactNode }) {
  return (
    <Menu
      trigger={
        <Button>
          {label}
          <Icon name="down" size={14} />
        </Button>
      }
    >
      {children}
    </Menu>
  );
}
