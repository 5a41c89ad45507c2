import { useInfiniteQuery } from '@tanstack/react-query';
import { useSearch } from '@tanstack/react-router';
import type { Check, Page, TimelineEntry } from '@vigie/contract';
import { call } from '../../api/client.ts';
import { Button } from '../../components/button.tsx';
import { ChoiceLinks } from '../../components/choice-links.tsx';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { TIMELINE_KINDS, type TimelineKind } from './search.ts';
import { TimelineRow } from './timeline-row.tsx';

/** Entries fetched at once. */
const PAGE = 30;

function timelineQuery(check: string, kind: TimelineKind | undefined) {
  return {
    queryKey: ['check', check, 'timeline', kind ?? 'all'],
    queryFn: ({ pageParam, signal }: { pageParam: string | null; signal: AbortSignal }) =>
      call<Page<TimelineEntry>>('GET', `/checks/${check}/timeline`, {
        query: { kind, cursor: pageParam ?? undefined, limit: PAGE },
        signal,
      }),
    initialPageParam: null,
    getNextPageParam: (page: Page<TimelineEntry>) => page.next,
  };
}

/** What happened to a check: pings, changes of its status and messages in one list, newest first. */
export function Timeline({ check }: { check: Check }) {
  const t = useT();
  const { kind } = useSearch({ strict: false });
  const { data, error, refetch, hasNextPage, fetchNextPage, isFetchingNextPage } = useInfiniteQuery(
    timelineQuery(check.id, isKind(kind) ? kind : undefined),
  );
  const entries = data?.pages.flatMap(({ items }) => items) ?? [];
  const choices = [undefined, ...TIMELINE_KINDS].map((one) => ({
    label: t(messages[one ?? 'all']),
    search: { kind: one },
    current: one === kind,
  }));
  return (
    <Card title={t(messages.title)} actions={<ChoiceLinks label={t(messages.filter)} choices={choices} />}>
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={5} />}
      {data !== undefined && entries.length === 0 && <p className="soft">{t(messages.none)}</p>}
      <ol className="timeline">
        {entries.map((entry) => (
          <TimelineRow key={keyOf(entry)} entry={entry} />
        ))}
      </ol>
      {hasNextPage && (
        <div>
          <Button busy={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {t(messages.more)}
          </Button>
        </div>
      )}
    </Card>
  );
}

function isKind(kind: unknown): kind is TimelineKind {
  return TIMELINE_KINDS.some((one) => one === kind);
}

function keyOf(entry: TimelineEntry): string {
  if (entry.kind === 'ping') return `ping ${entry.ping.n}`;
  return entry.kind === 'flip' ? `flip ${entry.flip.id}` : `delivery ${entry.delivery.id}`;
}

const messages = defineMessages({
  title: { en: 'Time line', fr: 'Chronologie' },
  filter: { en: 'What the time line shows', fr: 'Ce que montre la chronologie' },
  all: { en: 'All', fr: 'Tout' },
  ping: { en: 'Pings', fr: 'Pings' },
  flip: { en: 'Changes', fr: 'Changements' },
  delivery: { en: 'Messages', fr: 'Messages' },
  none: { en: 'Nothing happened yet.', fr: 'Il ne s’est encore rien passé.' },
  more: { en: 'Show older ones', fr: 'Afficher les plus anciens' },
});
