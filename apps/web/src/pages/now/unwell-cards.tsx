/** What hurts: down, late, running too long. */
import type { Alert, Check, Delivery } from '@vigie/contract';
import { nameOf } from '../../components/check-actions.ts';
import { Card } from '../../components/page.tsx';
import { Ago, Duration } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { MoreLink } from './more-link.tsx';
import { NowRow } from './now-row.tsx';
import { RowActions } from './row-actions.tsx';
import { alertOf, type LongRun } from './what-hurts.ts';
import { WhoKnows } from './who-knows.tsx';

/** Rows of a card; the list has the rest. */
const ROWS = 12;

interface DownCardProps {
  project: string;
  checks: readonly Check[];
  /** How many there are, also beyond those that were fetched. */
  count: number;
  alerts: readonly Alert[];
  deliveries: readonly Delivery[];
}

export function DownCard({ project, checks, count, alerts, deliveries }: DownCardProps) {
  const t = useT();
  return (
    <Card title={t(messages.down)} flush>
      <ul className="now-list">
        {checks.slice(0, ROWS).map((check) => {
          const alert = alertOf(check, alerts);
          return (
            <NowRow
              key={check.id}
              look="down"
              word={t(messages.down)}
              project={project}
              check={{ id: check.id, name: nameOf(check) }}
              when={check.down_since !== null && <Ago at={check.down_since} />}
              actions={<RowActions check={check} alert={alert} />}
            >
              {alert !== undefined && alert.summary !== '' && <span dir="auto">{alert.summary}</span>}
              {check.last_ping !== null && (
                <span>
                  {t(messages.lastPing)} <Ago at={check.last_ping} />
                </span>
              )}
              {alert !== undefined && <WhoKnows alert={alert} deliveries={deliveries} />}
            </NowRow>
          );
        })}
      </ul>
      <MoreLink project={project} status="down" count={count - ROWS} />
    </Card>
  );
}

export function LateCard({ project, checks, count }: Pick<DownCardProps, 'project' | 'checks' | 'count'>) {
  const t = useT();
  return (
    <Card title={t(messages.late)} flush>
      <ul className="now-list">
        {checks.slice(0, ROWS).map((check) => (
          <NowRow
            key={check.id}
            look="degraded"
            word={t(messages.late)}
            project={project}
            check={{ id: check.id, name: nameOf(check) }}
            when={
              check.deadline !== null && (
                <>
                  {t(messages.downIn)} <Ago at={check.deadline} />
                </>
              )
            }
            actions={<RowActions check={check} />}
          >
            {check.next_ping !== null && (
              <span>
                {t(messages.expected)} <Ago at={check.next_ping} />
              </span>
            )}
          </NowRow>
        ))}
      </ul>
      <MoreLink project={project} status="grace" count={count - ROWS} />
    </Card>
  );
}

export function LongCard({ project, runs }: { project: string; runs: readonly LongRun[] }) {
  const t = useT();
  return (
    <Card title={t(messages.long)} flush>
      <ul className="now-list">
        {runs.slice(0, ROWS).map(({ check, startedAt, most, byPolicy }) => (
          <NowRow
            key={check.id}
            look="degraded"
            word={t(messages.long)}
            project={project}
            check={{ id: check.id, name: nameOf(check) }}
            when={
              <>
                {t(messages.started)} <Ago at={new Date(startedAt).toISOString()} />
              </>
            }
            actions={<RowActions check={check} />}
          >
            <span>
              {t(byPolicy ? messages.allowed : messages.usual)} <Duration seconds={most} />
            </span>
          </NowRow>
        ))}
      </ul>
      <MoreLink project={project} status="started" count={runs.length - ROWS} />
    </Card>
  );
}

const messages = defineMessages({
  down: { en: 'Down', fr: 'En panne' },
  late: { en: 'Late', fr: 'En retard' },
  long: { en: 'Running too long', fr: 'Exécutions trop longues' },
  lastPing: { en: 'last ping', fr: 'dernier ping' },
  downIn: { en: 'down', fr: 'en panne' },
  expected: { en: 'was expected', fr: 'était attendu' },
  started: { en: 'started', fr: 'début :' },
  allowed: { en: 'may take', fr: 'peut durer' },
  usual: { en: 'usually takes at most', fr: 'dure d’habitude au plus' },
});
