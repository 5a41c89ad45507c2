import '../../components/filters.css';
import type { Channel } from '@vigie/contract';
import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { type ChecksSearch, isFiltered, readSearch, STATUS_FILTERS, toggled, words } from './search.ts';
import { FILTER_WORDS } from './status-filter.ts';

interface FilterChipsProps {
  search: ChecksSearch;
  onChange(search: ChecksSearch): void;
  channels: readonly Channel[];
}

/** What is chosen now, each to be taken away by a click. */
export function FilterChips({ search, onChange, channels }: FilterChipsProps) {
  const t = useT();
  const { q: _, ...chosen } = search;
  if (!isFiltered(chosen)) return null;
  const channelName = (id: string): string =>
    id === 'none' ? t(messages.noChannel) : (channels.find((one) => one.id === id)?.name ?? id);
  const chips: [string, ChecksSearch][] = [
    ...STATUS_FILTERS.filter((status) => words(search.status).includes(status)).map(
      (status): [string, ChecksSearch] => [t(FILTER_WORDS[status]), toggled(search, 'status', status)],
    ),
    ...words(search.tag).map((tag): [string, ChecksSearch] => [tag, toggled(search, 'tag', tag)]),
    ...words(search.channel).map((id): [string, ChecksSearch] => [
      channelName(id),
      toggled(search, 'channel', id),
    ]),
    ...(search.environment === undefined
      ? []
      : [[search.environment, readSearch({ ...search, environment: '' })] satisfies [string, ChecksSearch]]),
  ];
  return (
    <ul className="row" aria-label={t(messages.chosen)}>
      {chips.map(([text, without]) => (
        <li key={text}>
          <button
            type="button"
            className="filter-chip"
            aria-label={t(messages.takeAway, { text })}
            onClick={() => onChange(without)}
          >
            {text}
            <Icon name="close" size={14} />
          </button>
        </li>
      ))}
      <li>
        <Button look="quiet" onClick={() => onChange(readSearch({ sort: search.sort }))}>
          {t(messages.clear)}
        </Button>
      </li>
    </ul>
  );
}

const messages = defineMessages({
  chosen: { en: 'Chosen filters', fr: 'Filtres choisis' },
  takeAway: { en: 'Without the filter {text}', fr: 'Sans le filtre {text}' },
  clear: { en: 'Clear filters', fr: 'Effacer les filtres' },
  noChannel: { en: 'No channel', fr: 'Aucun canal' },
});
