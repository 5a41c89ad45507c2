import './palette.css';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from '@tanstack/react-router';
import type { Check, Page } from '@vigie/contract';
import {
  createContext,
  type ReactNode,
  useContext,
  useDeferredValue,
  useEffect,
  useId,
  useMemo,
  useState,
} from 'react';
import { call } from '../api/client.ts';
import { useIdentity } from '../api/session.ts';
import { Dialog } from '../components/dialog.tsx';
import { Icon, type IconName } from '../components/icon.tsx';
import { LOOK_OF, StateShape } from '../components/status.tsx';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { usualProject } from './project.ts';

interface PaletteState {
  isOpen: boolean;
  open(): void;
  close(): void;
}

const PaletteContext = createContext<PaletteState | null>(null);

export function PaletteProvider({ children }: { children: ReactNode }) {
  const [isOpen, setOpen] = useState(false);
  const value = useMemo(() => ({ isOpen, open: () => setOpen(true), close: () => setOpen(false) }), [isOpen]);
  return <PaletteContext value={value}>{children}</PaletteContext>;
}

export function usePalette(): PaletteState {
  const palette = useContext(PaletteContext);
  if (palette === null) throw new Error('BUG: the palette without its provider');
  return palette;
}

interface Command {
  id: string;
  text: string;
  mark: ReactNode;
  run(): void;
}

/** Checks shown of a search. */
const FOUND = 8;

/** One field from which everything is reached: pages, projects, checks by name. */
export function Palette() {
  const t = useT();
  const { isOpen, open, close } = usePalette();
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key.toLowerCase() !== 'k' || !(event.metaKey || event.ctrlKey)) return;
      event.preventDefault();
      if (isOpen) close();
      else open();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [isOpen, open, close]);
  return (
    <Dialog open={isOpen} onOpenChange={(next) => (next ? open() : close())} title={t(messages.title)}>
      <CommandList close={close} />
    </Dialog>
  );
}

function CommandList({ close }: { close(): void }) {
  const t = useT();
  const id = useId();
  const [text, setText] = useState('');
  const [at, setAt] = useState(0);
  const commands = useCommands(useDeferredValue(text));
  const chosen = Math.min(at, commands.length - 1);
  const run = (command: Command | undefined): void => {
    if (command === undefined) return;
    close();
    command.run();
  };
  return (
    <>
      <input
        className="control"
        role="combobox"
        aria-expanded="true"
        aria-controls={id}
        aria-activedescendant={commands[chosen] === undefined ? undefined : `${id}-${chosen}`}
        aria-label={t(messages.title)}
        placeholder={t(messages.hint)}
        value={text}
        onChange={(event) => {
          setText(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') run(commands[chosen]);
          else if (event.key === 'ArrowDown') setAt(Math.min(chosen + 1, commands.length - 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(chosen - 1, 0));
          else return;
          event.preventDefault();
        }}
      />
      <div id={id} role="listbox" aria-label={t(messages.title)} className="palette-list">
        {commands.map((command, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: the keys go to the field above
          <div
            key={command.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === chosen}
            className="palette-item"
            onClick={() => run(command)}
          >
            {command.mark}
            <span className="wrap-anywhere">{command.text}</span>
          </div>
        ))}
        {commands.length === 0 && <p className="soft">{t(messages.nothing)}</p>}
      </div>
    </>
  );
}

/** What matches a text: checks that the server finds, then pages and projects by their names. */
function useCommands(text: string): Command[] {
  const t = useT();
  const navigate = useNavigate();
  const { projects } = useIdentity();
  const params = useParams({ strict: false });
  const project = projects.find(({ id }) => id === params.project) ?? usualProject(projects);
  const { data } = useQuery({
    queryKey: ['checks', project?.id, 'palette', text],
    queryFn: ({ signal }) =>
      call<Page<Check>>('GET', '/checks', { query: { project: project?.id, q: text, limit: FOUND }, signal }),
    enabled: project !== undefined && text !== '',
  });
  if (project === undefined) return [];
  const wanted = text.toLowerCase();
  const to = (path: string) => (): void => void navigate({ href: `/projects/${project.id}${path}` });
  const page = (name: keyof typeof messages, icon: IconName, run: () => void): Command => ({
    id: name,
    text: t(messages[name]),
    mark: <Icon name={icon} />,
    run,
  });
  const fixed = [
    page('newCheck', 'plus', to('/checks/new')),
    page('newService', 'plus', to('/services/new')),
    page('now', 'now', to('')),
    page('checks', 'checks', to('/checks')),
    page('services', 'services', to('/services')),
    page('alerts', 'alerts', to('/alerts')),
    page('incidents', 'incidents', to('/incidents')),
    page('silences', 'silence', to('/silences')),
    page('newSilence', 'silence', to('/silences/new')),
    page('maintenance', 'maintenance', to('/maintenance')),
    page('channels', 'channels', to('/channels')),
    page('members', 'user', to('/settings/members')),
    page('keys', 'key', to('/settings/keys')),
    page('settings', 'settings', to('/settings')),
    page('account', 'account', () => void navigate({ to: '/account' })),
    ...projects.map(
      (one): Command => ({
        id: one.id,
        text: t(messages.toProject, { name: one.name }),
        mark: <Icon name="next" />,
        run: () => void navigate({ to: '/projects/$project', params: { project: one.id } }),
      }),
    ),
  ].filter((command) => command.text.toLowerCase().includes(wanted));
  const found = (text === '' ? [] : (data?.items ?? [])).map(
    (check): Command => ({
      id: check.id,
      text: check.name || check.slug || check.id,
      mark: <StateShape look={LOOK_OF[check.status]} />,
      run: to(`/checks/${check.id}`),
    }),
  );
  return [...found, ...fixed];
}

const messages = defineMessages({
  title: { en: 'Go to', fr: 'Aller à' },
  hint: { en: 'A check, a page, a project', fr: 'Un contrôle, une page, un projet' },
  nothing: { en: 'Nothing is called so.', fr: 'Rien ne porte ce nom.' },
  newCheck: { en: 'New check', fr: 'Nouveau contrôle' },
  newService: { en: 'New service', fr: 'Nouveau service' },
  now: { en: 'Now', fr: 'Maintenant' },
  checks: { en: 'Checks', fr: 'Contrôles' },
  services: { en: 'Services', fr: 'Services' },
  alerts: { en: 'Alerts', fr: 'Alertes' },
  incidents: { en: 'Incidents', fr: 'Incidents' },
  silences: { en: 'Silences', fr: 'Silences' },
  newSilence: { en: 'New silence', fr: 'Nouveau silence' },
  maintenance: { en: 'Maintenance windows', fr: 'Fenêtres de maintenance' },
  channels: { en: 'Channels', fr: 'Canaux' },
  members: { en: 'Members', fr: 'Membres' },
  keys: { en: 'Keys', fr: 'Clés' },
  settings: { en: 'Project settings', fr: 'Réglages du projet' },
  account: { en: 'Account', fr: 'Compte' },
  toProject: { en: 'Project {name}', fr: 'Projet {name}' },
});
