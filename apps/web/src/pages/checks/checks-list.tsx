import './list-top.css';
import type { Channel, Check } from '@vigie/contract';
import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { Button } from '../../components/button.tsx';
import { useCheckActions } from '../../components/check-actions.ts';
import { Empty, Problem, Skeleton } from '../../components/page.tsx';
import { useRunStore } from '../../components/run-store.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { BulkBar } from './bulk-bar.tsx';
import { useCheckList } from './check-list.ts';
import { CheckTable } from './check-table.tsx';
import { FilterBar } from './filter-bar.tsx';
import { useListKeys } from './list-keys.ts';
import { useLiveChecks } from './live-checks.ts';
import { MovedNote } from './moved-note.tsx';
import { type ChecksSearch, isFiltered, readSearch, toggled, words } from './search.ts';
import { NOTHING, reachTo, type Selection, toggle } from './selection.ts';
import { TableHead } from './table-head.tsx';

interface ChecksListProps {
  search: ChecksSearch;
  onSearch(search: ChecksSearch): void;
  channels: readonly Channel[];
}

/** The list of checks with its filters, its keys, and what is done to selected ones. */
export function ChecksList({ search, onSearch, channels }: ChecksListProps) {
  const t = useT();
  const { id: project } = useProject();
  const mayChange = useMay('member');
  const toasts = useToasts();
  const actions = useCheckActions();
  const runs = useRunStore(project);
  const list = useCheckList(project, search);
  const live = useLiveChecks(project, search, list.checks);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const field = useRef<HTMLInputElement>(null);
  const current = useRef({ checks: list.checks, search, onSearch });
  current.current = { checks: list.checks, search, onSearch };
  // Acting on what is out of sight would be a surprise.
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is the new search that matters
  useEffect(() => setSelection(NOTHING), [search]);

  const select = useCallback((id: string, isRange: boolean) => {
    setSelection((before) =>
      isRange ? reachTo(before, id, idsOf(current.current.checks)) : toggle(before, id),
    );
  }, []);
  const clear = useCallback(() => setSelection(NOTHING), []);
  const chooseTag = useCallback((tag: string) => {
    const { search: now, onSearch: choose } = current.current;
    if (!words(now.tag).includes(tag)) choose(toggled(now, 'tag', tag));
  }, []);
  const selectAll = (checks: readonly Check[]): void =>
    setSelection({ ids: new Set(idsOf(checks)), anchor: null });
  const selectAllThatMatch = async (): Promise<void> => {
    try {
      selectAll(await list.all());
    } catch (error) {
      toasts.fail(error);
    }
  };
  const selected = useMemo(
    () => (selection.ids.size === 0 ? [] : list.checks.filter(({ id }) => selection.ids.has(id))),
    [list.checks, selection],
  );
  const { place, arrive } = useListKeys({
    checks: list.checks,
    selected,
    actions,
    mayChange,
    search: field,
    select,
    clear,
  });
  const setting = useMemo(
    () => ({ actions, channels, runs, mayChange, select, chooseTag, arrive }),
    [actions, channels, runs, mayChange, select, chooseTag, arrive],
  );
  const refresh = (): void => {
    live.settled();
    void list.refresh();
  };
  return (
    <>
      <FilterBar search={search} onChange={onSearch} channels={channels} field={field}>
        <span className="found" role="status">
          {list.isFirst || list.isOld ? '' : t(messages.found, { count: list.total })}
        </span>
      </FilterBar>
      {list.error !== null && <Problem error={list.error} retry={list.isFirst ? refresh : list.more} />}
      {list.isFirst && list.error === null && <Skeleton lines={12} />}
      {!list.isFirst && list.total === 0 && (
        <Empty icon="search" title={t(messages.nothing)}>
          {isFiltered(search) && (
            <Button onClick={() => onSearch(readSearch({ sort: search.sort }))}>{t(messages.clear)}</Button>
          )}
        </Empty>
      )}
      {!list.isFirst && list.total > 0 && (
        <CheckTable
          list={list}
          selected={selection.ids}
          place={place}
          setting={setting}
          head={
            <thead className="check-top">
              {live.misplaced > 0 && <MovedNote count={live.misplaced} refresh={refresh} />}
              {selected.length > 0 ? (
                <tr className="bulk-row">
                  <th scope="colgroup">
                    <BulkBar
                      selected={selected}
                      total={list.total}
                      selectAll={() => void selectAllThatMatch()}
                      clear={clear}
                      channels={channels}
                      actions={actions}
                    />
                  </th>
                </tr>
              ) : (
                <TableHead
                  sort={search.sort}
                  onSort={(sort) => onSearch(readSearch({ ...search, sort }))}
                  mayChange={mayChange}
                  selectAll={() => selectAll(list.checks)}
                />
              )}
            </thead>
          }
        />
      )}
    </>
  );
}

function idsOf(checks: readonly Check[]): string[] {
  return checks.map(({ id }) => id);
}

const messages = defineMessages({
  nothing: { en: 'No check is like that', fr: 'Aucun contrôle ne correspond' },
  clear: { en: 'Clear filters', fr: 'Effacer les filtres' },
  found: {
    en: '{count, plural, one {# check} other {# checks}}',
    fr: '{count, plural, one {# contrôle} other {# contrôles}}',
  },
});
