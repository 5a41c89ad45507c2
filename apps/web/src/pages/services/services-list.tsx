import type { Service } from '@vigie/contract';
import { useCallback, useMemo, useRef } from 'react';
import { Button } from '../../components/button.tsx';
import { useCheckActions } from '../../components/check-actions.ts';
import { useListPlace } from '../../components/list-place.ts';
import { Empty } from '../../components/page.tsx';
import { useRunStore } from '../../components/run-store.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useKeys } from '../../shell/keys.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { Dependencies } from './dependencies.tsx';
import { matching, rowsOf } from './grouping.ts';
import { useProbeNow } from './probe-now.ts';
import { isFiltered, readSearch, type ServicesSearch } from './search.ts';
import { ServiceFilters } from './service-filters.tsx';
import { ServiceTable } from './service-table.tsx';

interface ServicesListProps {
  services: readonly Service[];
  search: ServicesSearch;
  onSearch(search: ServicesSearch): void;
}

/** The services by tier, with filters, keys, and the picture of what depends on what. */
export function ServicesList({ services, search, onSearch }: ServicesListProps) {
  const t = useT();
  const { id: project } = useProject();
  const mayChange = useMay('member');
  const actions = useCheckActions();
  const probe = useProbeNow();
  const runs = useRunStore(project);
  const field = useRef<HTMLInputElement>(null);
  const shown = useMemo(() => matching(services, search), [services, search]);
  const rows = useMemo(() => rowsOf(shown), [shown]);
  const turnOver = useCallback(
    (service: Service) => (service.state === 'paused' ? actions.resume([service]) : actions.pause([service])),
    [actions],
  );
  const setting = useMemo(
    () => ({ actions, runs, mayChange, probe, turnOver }),
    [actions, runs, mayChange, probe, turnOver],
  );
  // The keys walk along services alone, not along the heads of tiers.
  const own = useMemo(() => rows.flatMap((row) => (row.type === 'service' ? row.service : [])), [rows]);
  const { place, here, arrive, move } = useListPlace(own.length);
  const keys = useMemo(() => {
    const withHere = (act: (service: Service) => void) => (): void => {
      const service = own[here.current];
      if (service !== undefined && mayChange) act(service);
    };
    return { ...move, p: withHere(turnOver), r: withHere(probe), '/': () => field.current?.focus() };
  }, [own, here, move, mayChange, turnOver, probe]);
  useKeys(keys);
  return (
    <>
      <ServiceFilters services={services} search={search} onChange={onSearch} field={field}>
        <span className="found" role="status">
          {t(messages.found, { count: shown.length })}
        </span>
      </ServiceFilters>
      <Dependencies
        services={services}
        choice={search.graph}
        onChoice={(graph) => onSearch(readSearch({ ...search, graph }))}
      />
      {shown.length === 0 ? (
        <Empty icon="search" title={t(messages.nothing)}>
          {isFiltered(search) && (
            <Button onClick={() => onSearch(readSearch({ graph: search.graph }))}>{t(messages.clear)}</Button>
          )}
        </Empty>
      ) : (
        <ServiceTable rows={rows} place={place} arrive={arrive} setting={setting} />
      )}
    </>
  );
}

const messages = defineMessages({
  nothing: { en: 'No service is like that', fr: 'Aucun service ne correspond' },
  clear: { en: 'Clear filters', fr: 'Effacer les filtres' },
  found: {
    en: '{count, plural, one {# service} other {# services}}',
    fr: '{count, plural, one {# service} other {# services}}',
  },
});
