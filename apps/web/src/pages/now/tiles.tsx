import { Link } from '@tanstack/react-router';
import type { Summary } from '@vigie/contract';
import { LOOK_OF, type Look, STATUS_WORDS, StateShape } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';

/** How many checks are what; each number leads to them. */
export function Tiles({ project, counts }: { project: string; counts: Summary['checks'] }) {
  const t = useT();
  return (
    <nav className="tiles" aria-label={t(messages.title)}>
      {TILES.map(({ status, look, word }) => (
        <Link
          key={status}
          to="/projects/$project/checks"
          params={{ project }}
          search={{ status }}
          className="tile"
          data-none={counts[status] === 0 || undefined}
        >
          <StateShape look={look} size={18} />
          <span className="tile-count">{t(messages.count, { count: counts[status] })}</span>
          <span className="tile-word">{t(word, { count: counts[status] })}</span>
        </Link>
      ))}
    </nav>
  );
}

interface Tile {
  status: keyof Omit<Summary['checks'], 'total'>;
  look: Look;
  word: Message;
}

const messages = defineMessages({
  title: { en: 'Checks by status', fr: 'Contrôles par état' },
  count: { en: '{count, number}', fr: '{count, number}' },
  running: { en: 'running', fr: 'en cours' },
  new: { en: 'new', fr: '{count, plural, one {nouveau} other {nouveaux}}' },
});

const TILES: readonly Tile[] = [
  { status: 'down', look: LOOK_OF.down, word: STATUS_WORDS.down },
  { status: 'grace', look: LOOK_OF.grace, word: STATUS_WORDS.grace },
  { status: 'started', look: 'pending', word: messages.running },
  { status: 'up', look: LOOK_OF.up, word: STATUS_WORDS.up },
  { status: 'new', look: LOOK_OF.new, word: messages.new },
  { status: 'paused', look: LOOK_OF.paused, word: STATUS_WORDS.paused },
];
