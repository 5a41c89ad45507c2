import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { call } from '../api/client.ts';
import { useLiveness } from '../api/live.ts';
import { useIdentity } from '../api/session.ts';
import { Button } from '../components/button.tsx';
import { Icon } from '../components/icon.tsx';
import { Menu, MenuCheckItem, MenuItem, MenuLabel, MenuLine } from '../components/menu.tsx';
import { useToasts } from '../components/toast.tsx';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { useLeave } from './leave.ts';
import { usePalette } from './palette.tsx';
import { usualProject } from './project.ts';
import { theme } from './theme.ts';
import { SITE_NAME } from './title.ts';
import { useChooseTheme } from './use-theme.ts';

/** Where one is, the way to anything, whether it is live, and oneself. */
export function TopBar() {
  const t = useT();
  const palette = usePalette();
  return (
    <header className="top-bar">
      <Link to="/" className="brand" aria-label={SITE_NAME}>
        <img src={new URL('/icon.svg', document.baseURI).href} alt="" width="24" height="24" />
        <span className="wrap-anywhere">{SITE_NAME}</span>
      </Link>
      <ProjectMenu />
      <Button
        look="plain"
        icon="search"
        onClick={palette.open}
        data-search=""
        aria-keyshortcuts="Control+K Meta+K"
      >
        <span className="search-text">{t(messages.search)}</span>
        {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a key that is drawn takes no focus */}
        <kbd aria-hidden="true">{navigator.platform.startsWith('Mac') ? '⌘K' : 'Ctrl K'}</kbd>
      </Button>
      <LiveBadge />
      <UserMenu />
    </header>
  );
}

function LiveBadge() {
  const t = useT();
  const liveness = useLiveness();
  return (
    <span className={`live live-${liveness}`} role="status" title={t(messages[`${liveness}Hint`])}>
      <span className="live-dot" aria-hidden="true" />
      {t(messages[liveness])}
    </span>
  );
}

function ProjectMenu() {
  const t = useT();
  const navigate = useNavigate();
  const { projects, user } = useIdentity();
  const params = useParams({ strict: false });
  const current = projects.find(({ id }) => id === params.project) ?? usualProject(projects);
  if (current === undefined) return null;
  return (
    <Menu
      trigger={
        <Button look="quiet" data-project="" aria-label={`${t(messages.project)}: ${current.name}`}>
          <span className="project-name">{current.name}</span>
          <Icon name="down" size={16} />
        </Button>
      }
    >
      <MenuLabel>{t(messages.project)}</MenuLabel>
      {projects.map(({ id, name }) => (
        <MenuCheckItem
          key={id}
          checked={id === current.id}
          onCheckedChange={() => void navigate({ to: '/projects/$project', params: { project: id } })}
        >
          {name}
        </MenuCheckItem>
      ))}
      {user !== null && (
        <>
          <MenuLine />
          <MenuItem icon="plus" onSelect={() => void navigate({ to: '/projects/new' })}>
            {t(messages.newProject)}
          </MenuItem>
        </>
      )}
    </Menu>
  );
}

function UserMenu() {
  const t = useT();
  const navigate = useNavigate();
  const leave = useLeave();
  const chooseTheme = useChooseTheme();
  const toasts = useToasts();
  const { user } = useIdentity();
  const signOut = async (): Promise<void> => {
    try {
      await call('DELETE', '/session');
    } catch (error) {
      toasts.fail(error);
      return;
    }
    await leave();
  };
  const dark = matchMedia('(prefers-color-scheme: dark)').matches;
  const shown = theme() === 'system' ? (dark ? 'dark' : 'light') : theme();
  const other = shown === 'dark' ? 'light' : 'dark';
  return (
    <Menu
      trigger={
        <Button look="quiet" data-user="" aria-label={t(messages.account)}>
          <span className="avatar" aria-hidden="true">
            {(user?.name || user?.email || '?').charAt(0).toUpperCase()}
          </span>
        </Button>
      }
    >
      {user !== null && <MenuLabel>{user.name || user.email}</MenuLabel>}
      <MenuItem icon="user" onSelect={() => void navigate({ to: '/account' })}>
        {t(messages.account)}
      </MenuItem>
      <MenuItem icon="key" onSelect={() => void navigate({ to: '/account/security' })}>
        {t(messages.security)}
      </MenuItem>
      <MenuItem icon="mail" onSelect={() => void navigate({ to: '/account/reports' })}>
        {t(messages.reports)}
      </MenuItem>
      {user?.admin === true && (
        <MenuItem icon="settings" onSelect={() => void navigate({ to: '/admin/people' })}>
          {t(messages.people)}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon="now" onSelect={() => chooseTheme(other)}>
        {t(messages[other])}
      </MenuItem>
      <MenuItem icon="back" onSelect={() => void signOut()}>
        {t(messages.signOut)}
      </MenuItem>
    </Menu>
  );
}

const messages = defineMessages({
  search: { en: 'Search or jump to', fr: 'Chercher ou aller à' },
  project: { en: 'Project', fr: 'Projet' },
  newProject: { en: 'New project', fr: 'Nouveau projet' },
  account: { en: 'Account', fr: 'Compte' },
  security: { en: 'Security', fr: 'Sécurité' },
  reports: { en: 'Reports by mail', fr: 'Rapports par courriel' },
  people: { en: 'People', fr: 'Personnes' },
  dark: { en: 'Dark theme', fr: 'Thème sombre' },
  light: { en: 'Light theme', fr: 'Thème clair' },
  signOut: { en: 'Sign out', fr: 'Se déconnecter' },
  live: { en: 'Live', fr: 'En direct' },
  stale: { en: 'Not live', fr: 'Hors direct' },
  connecting: { en: 'Connecting', fr: 'Connexion' },
  liveHint: { en: 'Changes appear as they happen', fr: 'Les changements apparaissent aussitôt' },
  staleHint: {
    en: 'The connection is lost: what you see may be old. It is tried again by itself',
    fr: 'La connexion est perdue : ce que vous voyez peut être ancien. Elle est retentée d’elle-même',
  },
  connectingHint: { en: 'The connection is being made', fr: 'La connexion s’établit' },
});
