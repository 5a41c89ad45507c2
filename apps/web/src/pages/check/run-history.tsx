import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { Check } from '@vigie/contract';
import { useMemo } from 'react';
import { latestPingsQuery } from '../../api/check-queries.ts';
import { Card, Problem, Skeleton } from '../../components/page.tsx';
import { StateShape } from '../../components/status.tsx';
import { Duration, Instant } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { RunBars } from './run-bars.tsx';
import { type EndedRun, endedRuns, PINGS_LOOKED_AT } from './runs.ts';

/** How the last runs went: as bars, and as a table for who would rather read. */
export function RunHistory({ check }: { check: Check }) {
  const t = useT();
  const navigate = useNavigate();
  const { data, error, refetch } = useQuery(latestPingsQuery(check.id, PINGS_LOOKED_AT));
  const runs = useMemo(() => endedRuns(data?.items ?? []), [data]);
  const open = (n: number): void =>
    void navigate({ to: '.', search: (before) => ({ ...before, ping: n }), resetScroll: false });
  return (
    <Card title={t(messages.title, { count: runs.length })}>
      {error !== null && <Problem error={error} retry={() => void refetch()} />}
      {data === undefined && error === null && <Skeleton lines={2} />}
      {data !== undefined && runs.length === 0 && <p className="soft">{t(messages.none)}</p>}
      {runs.length > 0 && (
        <>
          <RunBars runs={runs} onOpen={open} />
          <details>
            <summary>{t(messages.table)}</summary>
            <RunTable runs={runs} />
          </details>
        </>
      )}
    </Card>
  );
}

function RunTable({ runs }: { runs: readonly EndedRun[] }) {
  const t = useT();
  return (
    <div className="table-scroll">
      <table className="table">
        <thead>
          <tr>
            <th>{t(messages.outcome)}</th>
            <th>{t(messages.ended)}</th>
            <th>{t(messages.duration)}</th>
          </tr>
        </thead>
        <tbody>
          {runs.toReversed().map(({ n, at, failed, duration, exitstatus }) => (
            <tr key={n}>
              <td>
                <span className="status-mark">
                  <StateShape look={failed ? 'down' : 'up'} />
                  {t(failed ? messages.failed : messages.succeeded)}
                  {exitstatus !== null && ` (${exitstatus})`}
                </span>
              </td>
              <td>
                <Instant at={at} />
              </td>
              <td>{duration === null ? t(messages.unknown) : <Duration seconds={duration} />}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

const messages = defineMessages({
  title: {
    en: '{count, plural, =0 {Runs} one {Last run} other {Last # runs}}',
    fr: '{count, plural, =0 {Exécutions} one {Dernière exécution} other {# dernières exécutions}}',
  },
  none: { en: 'No run has ended yet.', fr: 'Aucune exécution n’est encore terminée.' },
  table: { en: 'As a table', fr: 'En tableau' },
  outcome: { en: 'Outcome', fr: 'Résultat' },
  ended: { en: 'Ended', fr: 'Fin' },
  duration: { en: 'Duration', fr: 'Durée' },
  failed: { en: 'failed', fr: 'échec' },
  succeeded: { en: 'succeeded', fr: 'succès' },
  unknown: { en: 'not known', fr: 'inconnue' },
});
