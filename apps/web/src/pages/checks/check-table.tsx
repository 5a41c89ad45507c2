import './check-table.css';
import { useWindowVirtualizer } from '@tanstack/react-virtual';
import { type CSSProperties, type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { TOGGLES } from './channel-toggles.tsx';
import type { CheckList } from './check-list.ts';
import { CheckRow, type RowSetting } from './check-row.tsx';
import type { Place } from './list-keys.ts';
import { useRowHeight } from './row-height.ts';

interface CheckTableProps {
  list: CheckList;
  selected: ReadonlySet<string>;
  /** Where the keys are. */
  place: Place;
  setting: RowSetting;
  /** The row of column names, or what can be done to the selected ones. */
  head: ReactNode;
}

/** Rows drawn beyond the edges of the window. */
const OVERSCAN = 8;
/** Pixels that the bars at the edges of the window cover: rows that the keys come to stay clear of them. */
const EDGES = { top: 110, bottom: 72 } as const;

/** All checks that match, of which only those in the window are in the page. */
export function CheckTable({ list, selected, place, setting, head }: CheckTableProps) {
  const t = useT();
  const body = useRef<HTMLTableSectionElement>(null);
  const height = useRowHeight();
  const offset = useOffset(body, head);
  const virtualizer = useWindowVirtualizer({
    count: list.total,
    estimateSize: () => height,
    overscan: OVERSCAN,
    scrollMargin: offset,
    scrollPaddingStart: EDGES.top,
    scrollPaddingEnd: EDGES.bottom,
    // Drawing at once, within the event, would hold up the scrolling.
    useFlushSync: false,
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: rows are measured anew when they all change
  useLayoutEffect(() => virtualizer.measure(), [height]);
  useEffect(() => {
    if (place.turn > 0) virtualizer.scrollToIndex(place.index, { align: 'auto' });
  }, [place, virtualizer]);
  const items = virtualizer.getVirtualItems();
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
      <tbody
        ref={body}
        className="check-rows"
        data-old={list.isOld || undefined}
        style={{ height: virtualizer.getTotalSize() }}
      >
        {items.map(({ index, start }) => {
          const check = checks[index];
          const top = start - offset;
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

/** Pixels from the top of the document to the rows; measured when what stands above is drawn anew. */
function useOffset(body: { readonly current: HTMLElement | null }, above: ReactNode): number {
  const [offset, setOffset] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it is what stands above that moves the rows
  useLayoutEffect(() => {
    const measure = (): void => {
      const top = body.current?.getBoundingClientRect().top ?? 0;
      setOffset(Math.round(top + window.scrollY));
    };
    measure();
    window.addEventListener('resize', measure);
    return () => window.removeEventListener('resize', measure);
  }, [body, above]);
  return offset;
}

const messages = defineMessages({
  checks: { en: 'Checks', fr: 'Contrôles' },
  loading: { en: 'Loading', fr: 'Chargement' },
});
