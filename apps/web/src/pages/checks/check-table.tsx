import './check-table.css';
import { type CSSProperties, type ReactNode, useCallback, useEffect, useRef } from 'react';
import type { Place } from '../../components/list-place.ts';
import { useRowHeight } from '../../components/row-height.ts';
import { useVirtualRows } from '../../components/virtual-rows.ts';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { TOGGLES } from './channel-toggles.tsx';
import type { CheckList } from './check-list.ts';
import { CheckRow, type RowSetting } from './check-row.tsx';

interface CheckTableProps {
  list: CheckList;
  selected: ReadonlySet<string>;
  /** Where the keys are. */
  place: Place;
  setting: RowSetting;
  /** The row of column names, or what can be done to the selected ones. */
  head: ReactNode;
}

/** Heights of a row: of a card on a phone, else of a row. The styles say the same. */
const HEIGHTS = { card: 5.5, row: 3.5 } as const;

/** All checks that match, of which only those in the window are in the page. */
export function CheckTable({ list, selected, place, setting, head }: CheckTableProps) {
  const t = useT();
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useRowHeight(HEIGHTS);
  const heightOf = useCallback(() => height, [height]);
  const { items, total } = useVirtualRows({ body, above: head, count: list.total, heightOf, place });
  const last = items.at(-1)?.index ?? 0;
  const { hasMore, more, checks } = list;
  useEffect(() => {
    if (hasMore && last >= checks.length - 1) more();
  }, [hasMore, last, checks.length, more]);
  const onScreen = items.flatMap(({ index }) => checks[index]?.id ?? []).join(' ');
  useEffect(() => {
    if (onScreen !== '') setting.runs.want(onScreen.split(' '));
  }, [onScreen, setting.runs]);
  const style: CSSProperties & { '--toggles': number } = {
    '--toggles': Math.min(setting.channels.length, TOGGLES),
  };
  return (
    <table
      className="check-table"
      aria-label={t(messages.checks)}
      aria-rowcount={list.total + 1}
      aria-busy={list.isOld}
      style={style}
    >
      {head}
      <tbody ref={body} className="check-rows" data-old={list.isOld || undefined} style={{ height: total }}>
        {items.map(({ index, top }) => {
          const check = checks[index];
          if (check === undefined) return <EmptyRow key={index} index={index} top={top} />;
          return (
            <CheckRow
              key={check.id}
              check={check}
              index={index}
              top={top}
              isSelected={selected.has(check.id)}
              turn={place.index === index ? place.turn : 0}
              setting={setting}
            />
          );
        })}
      </tbody>
    </table>
  );
}

/** A row that is being loaded. */
function EmptyRow({ index, top }: { index: number; top: number }) {
  const t = useT();
  return (
    <tr
      aria-rowindex={index + 2}
      className="check-row check-row-empty"
      style={{ transform: `translateY(${top}px)` }}
    >
      <td>
        <span className="unseen">{t(messages.loading)}</span>
        <span className="skeleton-bar" />
      </td>
    </tr>
  );
}

const messages = defineMessages({
  checks: { en: 'Checks', fr: 'Contrôles' },
  loading: { en: 'Loading', fr: 'Chargement' },
});
