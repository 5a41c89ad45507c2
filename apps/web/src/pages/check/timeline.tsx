import './timeline.css';
import { useSearch } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { Button } from '../../components/button.tsx';
import { ChoiceLinks } from '../../components/choice-links.tsx';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { TIMELINE_KINDS, type TimelineKind } from './search.ts';
import { keyOf } from './timeline-pages.ts';
import { useTimeline } from './timeline-query.ts';
import { TimelineRow } from './timeline-row.tsx';

/** What happened to a check: pings, changes of its status and messages in one list, newest first. */
export function Timeline({ check, isPinged }: { check: Check; isPinged: boolean }) {
  const t = useT();
  const { kind } = useSearch({ strict: false });
  const line = useTimeline(check.id, isKind(kind) ? kind : undefined);
  const { entries, error } = line;
  const choices = [undefined, ...TIMELINE_KINDS].map((one) => ({
    label: t(messages[one ?? 'all']),
    search: { kind: one },
    current: one === kind,
  }));
  return (
    <Card title={t(messages.title)} actions={<ChoiceLinks label={t(messages.filter)} choices={choices} />}>
      {error !== null && <Problem error={error} retry={line.retry} />}
      {entries === undefined && error === null && <Skeleton lines={5} />}
      {entries?.length === 0 && <p className="soft">{t(messages.none)}</p>}
      <ol className="timeline">
        {entries?.map((entry) => (
          <TimelineRow key={keyOf(entry)} entry={entry} isPinged={isPinged} />
        ))}
      </ol>
      {line.hasOlder && (
        <div>
          <Button busy={line.isFetchingOlder} onClick={line.older}>
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
