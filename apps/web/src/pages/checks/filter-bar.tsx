import { useQuery } from '@tanstack/react-query';
import type { Channel } from '@vigie/contract';
import type { ReactNode, RefObject } from 'react';
import { summaryQuery } from '../../api/summary.ts';
import { FilterMenu } from '../../components/filter-menu.tsx';
import { MenuCheckItem } from '../../components/menu.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { StateShape } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { FilterChips } from './filter-chips.tsx';
import { type ChecksSearch, readSearch, STATUS_FILTERS, toggled, words } from './search.ts';
import { SortMenu } from './sort-menu.tsx';
import { FILTER_LOOKS, FILTER_WORDS } from './status-filter.ts';

interface FilterBarProps {
  search: ChecksSearch;
  onChange(search: ChecksSearch): void;
  channels: readonly Channel[];
  field: RefObject<HTMLInputElement | null>;
  /** At the end of the line. */
  children: ReactNode;
}

/** Which checks the list shows: each choice is a part of the address. */
export function FilterBar({ search, onChange, channels, field, children }: FilterBarProps) {
  const t = useT();
  const { id: project } = useProject();
  const { data: summary } = useQuery(summaryQuery(project));
  const environments = summary?.environments ?? [];
  const toggle = (name: 'tag' | 'status' | 'channel', word: string) => (): void =>
    onChange(toggled(search, name, word));
  return (
    <div className="filters">
      <search className="row">
        <SearchField
          label={t(messages.search)}
          hint={t(messages.hint)}
          text={search.q ?? ''}
          onSearch={(q) => onChange(readSearch({ ...search, q }))}
          field={field}
        />
        <FilterMenu label={t(messages.status)}>
          {STATUS_FILTERS.map((status) => (
            <MenuCheckItem
              key={status}
              checked={words(search.status).includes(status)}
              onCheckedChange={toggle('status', status)}
            >
              <StateShape look={FILTER_LOOKS[status]} />
              {t(FILTER_WORDS[status])}
              {summary !== undefined && <span className="menu-count">{summary.checks[status]}</span>}
            </MenuCheckItem>
          ))}
        </FilterMenu>
        {(summary?.tags.length ?? 0) > 0 && (
          <FilterMenu label={t(messages.tag)}>
            {summary?.tags.map(({ tag, count }) => (
              <MenuCheckItem
                key={tag}
                checked={words(search.tag).includes(tag)}
                onCheckedChange={toggle('tag', tag)}
              >
                {tag}
                <span className="menu-count">{count}</span>
              </MenuCheckItem>
            ))}
          </FilterMenu>
        )}
        <FilterMenu label={t(messages.channel)}>
          {[...channels, { id: 'none', name: t(messages.noChannel) }].map(({ id, name }) => (
            <MenuCheckItem
              key={id}
              checked={words(search.channel).includes(id)}
              onCheckedChange={toggle('channel', id)}
            >
              {name}
            </MenuCheckItem>
          ))}
        </FilterMenu>
        {environments.length > 1 && (
          <FilterMenu label={t(messages.environment)}>
            {environments.map((environment) => (
              <MenuCheckItem
                key={environment}
                checked={search.environment === environment}
                onCheckedChange={(on) =>
                  onChange(readSearch({ ...search, environment: on ? environment : '' }))
                }
              >
                {environment}
              </MenuCheckItem>
            ))}
          </FilterMenu>
        )}
        <SortMenu sort={search.sort} onSort={(sort) => onChange(readSearch({ ...search, sort }))} />
        {children}
      </search>
      <FilterChips search={search} onChange={onChange} channels={channels} />
    </div>
  );
}

const messages = defineMessages({
  search: { en: 'Search checks', fr: 'Chercher des contrôles' },
  hint: { en: 'Name, tag, description', fr: 'Nom, étiquette, description' },
  status: { en: 'Status', fr: 'État' },
  tag: { en: 'Tag', fr: 'Étiquette' },
  channel: { en: 'Channel', fr: 'Canal' },
  environment: { en: 'Environment', fr: 'Environnement' },
  noChannel: { en: 'No channel', fr: 'Aucun canal' },
});
