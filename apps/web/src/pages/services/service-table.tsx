import './service-table.css';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useEffect, useMemo, useRef } from 'react';
import { probeKindsQuery } from '../../api/service-queries.ts';
import { useKindName } from '../../components/kind-name.ts';
import type { Place } from '../../components/list-place.ts';
import { useRowHeight } from '../../components/row-height.ts';
import { useVirtualRows } from '../../components/virtual-rows.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import type { Row } from './grouping.ts';
import { type RowSetting, ServiceRow } from './service-row.tsx';
import { TierHead } from './tier-head.tsx';

/** Heights of a row and of the head of a tier. The styles say the same. */
const HEIGHTS = { card: 8, row: 3.5 } as const;
const HEAD_HEIGHTS = { card: 2.75, row: 2.75 } as const;

interface ServiceTableProps {
  rows: readonly Row[];
  /** Where the keys are, among the services. */
  place: Place;
  arrive(index: number): void;
  setting: Omit<RowSetting, 'kindName' | 'arrive'>;
}

/** All services that match, of which only those in the window are in the page. */
export function ServiceTable({ rows, place, arrive, setting }: ServiceTableProps) {
  const t = useT();
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useRowHeight(HEIGHTS);
  const headHeight = useRowHeight(HEAD_HEIGHTS);
  const { data: kinds } = useQuery(probeKindsQuery);
  const nameOf = useKindName();
  const shared = useMemo<RowSetting>(() => {
    const names = new Map(kinds?.map((one) => [one.kind, nameOf(one)]));
    return { ...setting, arrive, kindName: (kind) => names.get(kind) ?? kind };
  }, [setting, arrive, kinds, nameOf]);
  /** The number of each row among the services; of a head, that of the next one. */
  const numbers = useMemo(() => {
    let count = 0;
    return rows.map(({ type }) => (type === 'tier' ? count : count++));
  }, [rows]);
  const heads = rows.map(({ type }) => (type === 'tier' ? '1' : '0')).join('');
  const heightOf = useCallback(
    (index: number) => (heads[index] === '1' ? headHeight : height),
    [heads, headHeight, height],
  );
  const rowPlace = useMemo(() => {
    const index = rows.findIndex((row, at) => row.type === 'service' && numbers[at] === place.index);
    return { index: Math.max(0, index), turn: place.turn };
  }, [place, rows, numbers]);
  const { items, total } = useVirtualRows({
    body,
    above: heads,
    count: rows.length,
    heightOf,
    place: rowPlace,
  });
  const onScreen = items
    .flatMap(({ index }) => {
      const row = rows[index];
      return row?.type === 'service' ? row.service.id : [];
    })
    .join(' ');
  const { runs } = setting;
  useEffect(() => {
    if (onScreen !== '') runs.want(onScreen.split(' '));
  }, [onScreen, runs]);
  return (
    <table className="service-table" aria-label={t(messages.services)} aria-rowcount={rows.length + 1}>
      <thead>
        <tr className="service-columns" aria-rowindex={1}>
          <th scope="col">{t(messages.state)}</th>
          <th scope="col">{t(messages.name)}</th>
          <th scope="col">{t(messages.latency)}</th>
          <th scope="col">{t(messages.runs)}</th>
          <th scope="col">{t(messages.why)}</th>
          <td />
        </tr>
      </thead>
      <tbody ref={body} className="service-rows" style={{ height: total }}>
        {items.map(({ index, top }) => {
          const row = rows[index];
          if (row === undefined) return null;
          if (row.type === 'tier') {
            return <TierHead key={`tier ${row.tier}`} row={row} index={index} top={top} />;
          }
          const number = numbers[index] ?? 0;
          return (
            <ServiceRow
              key={row.service.id}
              service={row.service}
              rowIndex={index}
              number={number}
              top={top}
              turn={place.index === number ? place.turn : 0}
              setting={shared}
            />
          );
        })}
      </tbody>
    </table>
  );
}

const messages = defineMessages({
  services: { en: 'Services', fr: 'Services' },
  state: { en: 'State', fr: 'État' },
  name: { en: 'Name', fr: 'Nom' },
  latency: { en: 'Latency', fr: 'Latence' },
  runs: { en: 'Last runs', fr: 'Passages' },
  why: { en: 'Why, since when', fr: 'Pourquoi, depuis quand' },
});
