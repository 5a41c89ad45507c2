import { useMatchRoute, useNavigate } from '@tanstack/react-router';
import { Icon } from '../components/icon.tsx';
import { Menu, MenuItem } from '../components/menu.tsx';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import type { NavEntry } from './nav.tsx';

/** On a phone: the pages that have no place in the bar. */
export function NavMore({ project, entries }: { project: string; entries: readonly NavEntry[] }) {
  const t = useT();
  const navigate = useNavigate();
  const matches = useMatchRoute();
  const shown = entries.find(({ to }) => matches({ to, params: { project }, fuzzy: true }) !== false);
  return (
    <Menu
      trigger={
        <button type="button" className="nav-link nav-more" data-current={shown !== undefined}>
          <Icon name="menu" size={20} />
          <span className="nav-text">{t(messages.more)}</span>
        </button>
      }
    >
      {entries.map((entry) => (
        <MenuItem
          key={entry.to}
          icon={entry.icon}
          current={entry === shown}
          onSelect={() => void navigate({ to: entry.to, params: { project } })}
        >
          {t(entry.text)}
        </MenuItem>
      ))}
    </Menu>
  );
}

const messages = defineMessages({
  more: { en: 'More', fr: 'Plus' },
});
