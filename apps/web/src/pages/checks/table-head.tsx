import { Icon } from '../../components/icon.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';
import { type CheckSort, USUAL_SORT } from './search.ts';

interface TableHeadProps {
  sort: CheckSort | undefined;
  onSort(sort: CheckSort): void;
  mayChange: boolean;
  /** Selects all that are loaded. */
  selectAll(): void;
}

/** The names of the columns; a click sorts by one, a second one turns it round. */
export function TableHead({ sort = USUAL_SORT, onSort, mayChange, selectAll }: TableHeadProps) {
  const t = useT();
  return (
    <tr aria-rowindex={1} className="check-columns">
      <td className="check-pick">
        {mayChange && (
          <input type="checkbox" checked={false} aria-label={t(messages.selectAll)} onChange={selectAll} />
        )}
      </td>
      {COLUMNS.map(({ name, text, first, other }) => {
        const isBy = sort === first || sort === other;
        const isDown = sort.startsWith('-');
        return (
          <th
            key={name}
            scope="col"
            className={`check-${name}`}
            aria-sort={isBy ? (isDown ? 'descending' : 'ascending') : undefined}
          >
            {first === undefined ? (
              t(text)
            ) : (
              <button
                type="button"
                className="sort-button"
                onClick={() => onSort(sort === first && other !== undefined ? other : first)}
              >
                {t(text)}
                {isBy && <Icon name={isDown ? 'down' : 'up'} size={14} />}
              </button>
            )}
          </th>
        );
      })}
      <th scope="col" className="check-menu">
        <span className="unseen">{t(messages.actions)}</span>
      </th>
    </tr>
  );
}

interface Column {
  name: string;
  text: Message;
  /** The order of a first click; left out: it cannot be sorted by. */
  first?: CheckSort;
  /** The order of a second click. */
  other?: CheckSort;
}

const messages = defineMessages({
  selectAll: { en: 'Select all', fr: 'Tout sélectionner' },
  status: { en: 'Status', fr: 'État' },
  name: { en: 'Name', fr: 'Nom' },
  last: { en: 'Last ping', fr: 'Dernier ping' },
  runs: { en: 'Last runs', fr: 'Exécutions' },
  channels: { en: 'Channels', fr: 'Canaux' },
  actions: { en: 'Actions', fr: 'Actions' },
});

const COLUMNS: readonly Column[] = [
  { name: 'status', text: messages.status, first: 'status' },
  { name: 'name', text: messages.name, first: 'name', other: '-name' },
  { name: 'last', text: messages.last, first: '-last_ping', other: 'last_ping' },
  { name: 'runs', text: messages.runs },
  { name: 'channels', text: messages.channels },
];
