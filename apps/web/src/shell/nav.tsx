import { useQuery } from '@tanstack/react-query';
import { Link, useParams } from '@tanstack/react-router';
import { useIdentity } from '../api/session.ts';
import { summaryQuery } from '../api/summary.ts';
import { useCurrentInView } from '../components/current-in-view.ts';
import { Icon, type IconName } from '../components/icon.tsx';
import { useT } from '../i18n/language.tsx';
import { defineMessages, type Message } from '../i18n/messages.ts';
import { NavMore } from './nav-more.tsx';
import { usualProject } from './project.ts';

type ProjectPath =
  `/projects/$project${'' | '/checks' | '/services' | '/alerts' | '/incidents' | '/silences' | '/maintenance' | '/channels' | '/settings'}`;

export interface NavEntry {
  to: ProjectPath;
  icon: IconName;
  text: Message;
  /** Also the current one on pages below it. */
  deep: boolean;
}

/**
 * The ways to the pages of a project: at the side all of them, on a phone at the bottom what an alarm asks for
 * first, and the others behind one that opens.
 */
export function Nav() {
  const t = useT();
  const { projects } = useIdentity();
  const params = useParams({ strict: false });
  const project = projects.find(({ id }) => id === params.project) ?? usualProject(projects);
  const { data } = useQuery({ ...summaryQuery(project?.id ?? ''), enabled: project !== undefined });
  const row = useCurrentInView<HTMLElement>();
  if (project === undefined) return <div className="nav" />;
  const counts: Partial<Record<string, number>> = {
    '/projects/$project/checks': data?.checks.down ?? 0,
    '/projects/$project/alerts': data?.alerts.firing ?? 0,
  };
  return (
    <nav ref={row} className="nav" aria-label={t(messages.pages)}>
      {ENTRIES.map(({ to, icon, text, deep }, place) => {
        const count = counts[to] ?? 0;
        return (
          <Link
            key={to}
            to={to}
            params={{ project: project.id }}
            className={place < IN_BAR ? 'nav-link' : 'nav-link nav-further'}
            activeOptions={{ exact: !deep }}
          >
            <Icon name={icon} size={20} />
            <span className="nav-text">{t(text)}</span>
            {count > 0 && <span className="nav-count">{count}</span>}
          </Link>
        );
      })}
      <NavMore project={project.id} entries={ENTRIES.slice(IN_BAR)} />
    </nav>
  );
}

const messages = defineMessages({
  pages: { en: 'Pages', fr: 'Pages' },
  now: { en: 'Now', fr: 'Maintenant' },
  checks: { en: 'Checks', fr: 'Contrôles' },
  services: { en: 'Services', fr: 'Services' },
  alerts: { en: 'Alerts', fr: 'Alertes' },
  incidents: { en: 'Incidents', fr: 'Incidents' },
  silences: { en: 'Silences', fr: 'Silences' },
  maintenance: { en: 'Maintenance', fr: 'Maintenance' },
  channels: { en: 'Channels', fr: 'Canaux' },
  settings: { en: 'Project', fr: 'Projet' },
});

/** Entries that a phone has room for beside the one that opens the rest. */
const IN_BAR = 4;

const ENTRIES: readonly NavEntry[] = [
  { to: '/projects/$project', icon: 'now', text: messages.now, deep: false },
  { to: '/projects/$project/checks', icon: 'checks', text: messages.checks, deep: true },
  { to: '/projects/$project/services', icon: 'services', text: messages.services, deep: true },
  { to: '/projects/$project/alerts', icon: 'alerts', text: messages.alerts, deep: true },
  { to: '/projects/$project/incidents', icon: 'incidents', text: messages.incidents, deep: true },
  { to: '/projects/$project/silences', icon: 'silence', text: messages.silences, deep: true },
  { to: '/projects/$project/maintenance', icon: 'maintenance', text: messages.maintenance, deep: true },
  { to: '/projects/$project/channels', icon: 'channels', text: messages.channels, deep: true },
  { to: '/projects/$project/settings', icon: 'settings', text: messages.settings, deep: true },
];
