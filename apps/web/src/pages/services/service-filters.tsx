import { useQuery } from '@tanstack/react-query';
import type { Service } from '@vigie/contract';
import { type ReactNode, type RefObject, useMemo } from 'react';
import { probeKindsQuery } from '../../api/service-queries.ts';
import { FilterMenu } from '../../components/filter-menu.tsx';
import { useKindName } from '../../components/kind-name.ts';
import { MenuCheckItem } from '../../components/menu.tsx';
import { SearchField } from '../../components/search-field.tsx';
import { SERVICE_COUNT_WORDS, SERVICE_LOOKS } from '../../components/service-state.tsx';
import { SERVICE_STATE_NAMES } from '../../components/service-states.ts';
import { StateShape } from '../../components/status.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { words } from '../checks/search.ts';
import { countsOf } from './grouping.ts';
import { readSearch, type ServicesSearch, statesOf, toggled } from './search.ts';

interface ServiceFiltersProps {
  services: readonly Service[];
  search: ServicesSearch;
  onChange(search: ServicesSearch): void;
  field: RefObject<HTMLInputElement | null>;
  /** At the end of the line. */
  children: ReactNode;
}

/** Which services the list shows, and how many there are of each state; each choice is a part of the address. */
export function ServiceFilters({ services, search, onChange, field, children }: ServiceFiltersProps) {
  const t = useT();
  const counts = useMemo(() => countsOf(services), [services]);
  const chosen = statesOf(search);
  return (
    <div className="filters">
      <fieldset className="row" aria-label={t(messages.state)}>
        {SERVICE_STATE_NAMES.filter((state) => counts[state] > 0 || chosen.includes(state)).map((state) => (
          <button
            key={state}
            type="button"
            className="state-count"
            aria-pressed={chosen.includes(state)}
            onClick={() => onChange(toggled(search, 'state', state))}
          >
            <StateShape look={SERVICE_LOOKS[state]} />
            <strong className="number">{counts[state]}</strong>
            {t(SERVICE_COUNT_WORDS[state], { count: counts[state] })}
          </button>
        ))}
      </fieldset>
      <search className="row">
        <SearchField
          label={t(messages.search)}
          hint={t(messages.hint)}
          text={search.q ?? ''}
          onSearch={(q) => onChange(readSearch({ ...search, q }))}
          field={field}
        />
        <KindFilter services={services} search={search} onChange={onChange} />
        {children}
      </search>
    </div>
  );
}

function KindFilter({ services, search, onChange }: Omit<ServiceFiltersProps, 'field' | 'children'>) {
  const t = useT();
  const nameOf = useKindName();
  const { data: kinds } = useQuery(probeKindsQuery);
  const chosen = words(search.kind);
  const counts = useMemo(() => {
    const byKind = new Map<string, number>();
    for (const { kind } of services) byKind.set(kind, (byKind.get(kind) ?? 0) + 1);
    return byKind;
  }, [services]);
  const all = [...new Set([...counts.keys(), ...chosen])].sort();
  const text = chosen.length === 0 ? t(messages.kind) : t(messages.kinds, { count: chosen.length });
  return (
    <FilterMenu label={text}>
      {all.map((kind) => (
        <MenuCheckItem
          key={kind}
          checked={chosen.includes(kind)}
          onCheckedChange={() => onChange(toggled(search, 'kind', kind))}
        >
          {nameOf(kinds?.find((one) => one.kind === kind) ?? { kind, name: kind })}
          <span className="menu-count">{counts.get(kind) ?? 0}</span>
        </MenuCheckItem>
      ))}
    </FilterMenu>
  );
}

const messages = defineMessages({
  state: { en: 'States', fr: 'États' },
  search: { en: 'Search services', fr: 'Chercher des services' },
  hint: { en: 'Name, address, kind, tag', fr: 'Nom, adresse, type, étiquette' },
  kind: { en: 'Kind', fr: 'Type' },
  kinds: {
    en: '{count, plural, one {# kind} other {# kinds}}',
    fr: '{count, plural, one {# type} other {# types}}',
  },
});
