/** What a broken policy about runs says as an alert. */
import type { Tx } from '../store/tx.ts';
import { type CheckAlert, identityOf, labelsOf, namesOf } from './check-alerts.ts';
import type { AnnouncedBreach } from './model.ts';
import { BREACHES, type BreachName, policiesOf } from './policies.ts';

/** The alerts that breaches raise or end. No flip goes with them: the status of the check is its own. */
export async function alertsOfBreaches(tx: Tx, breaches: readonly AnnouncedBreach[]): Promise<CheckAlert[]> {
  if (breaches.length === 0) return [];
  const names = await namesOf(tx.db, [...new Set(breaches.map(({ check }) => check.check_id))]);
  return breaches.flatMap((breach) => {
    const own = names.get(breach.check.check_id);
    if (own === undefined) return [];
    return [
      {
        projectId: own.project_id,
        environment: own.environment,
        source: 'check' as const,
        identity: identityOf(own.id, breach.name),
        labels: labelsOf(own, breach.name),
        annotations: breach.isOn ? annotationsOf(breach) : {},
        generatorUrl: '',
        check: { id: own.id, flipId: null },
        startsAt: breach.at,
        endsAt: breach.isOn ? null : Math.min(breach.at, tx.at),
        timedOut: false,
        ...(breach.quiet === undefined ? {} : { quiet: breach.quiet }),
      },
    ];
  });
}

const SUMMARIES: Record<BreachName, (limit: string, measured: string) => string> = {
  RunTooLong: (limit) => `the run has gone on for more than ${limit}`,
  RunTooShort: (limit, measured) => `the run took ${measured}, less than ${limit}`,
  TooOften: (limit, measured) => `a success came ${measured} after the one before, sooner than ${limit}`,
  RunsOverlap: () => 'a run began while another one was in progress',
};

function annotationsOf({ name, measured, check }: AnnouncedBreach): Record<string, string> {
  const policy = policiesOf(check)[BREACHES[name].policy];
  const limit = typeof policy === 'number' ? durationText(policy * 1000) : '';
  const taken = measured === null ? '' : durationText(measured);
  return {
    summary: SUMMARIES[name](limit, taken),
    ...(taken === '' ? {} : { measured: taken }),
    ...(limit === '' ? {} : { limit }),
  };
}

const UNITS: readonly [name: string, ms: number][] = [
  ['d', 86_400_000],
  ['h', 3_600_000],
  ['min', 60_000],
];

/** `1 h 5 min 30 s`; seconds with tenths where there is nothing else. */
function durationText(ms: number): string {
  const parts: string[] = [];
  let rest = ms;
  for (const [name, size] of UNITS) {
    const count = Math.floor(rest / size);
    rest -= count * size;
    if (count > 0) parts.push(`${count} ${name}`);
  }
  const seconds = parts.length === 0 ? Math.floor(rest / 100) / 10 : Math.floor(rest / 1000);
  if (seconds > 0 || parts.length === 0) parts.push(`${seconds} s`);
  return parts.join(' ');
}
