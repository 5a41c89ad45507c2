/** The writes about services: checks that are probed. Joined from checks, probes and the audit log. */
import { audited } from './accounts/audit.ts';
import { announceChanges } from './alert-path.ts';
import { checkCommands } from './check-commands.ts';
import type { CreateInput, PresentedCheck, UpdateInput } from './checks/manage.ts';
import { AppError } from './errors.ts';
import { postWarnings, probePorts } from './probe-path.ts';
import { type ProbeFields, setProbe } from './probes/manage.ts';
import type { Run } from './probes/model.ts';
import { reportRuns } from './probes/report.ts';
import { type HoldInput, holdShards, releaseShards } from './probes/shards.ts';
import { periodOf } from './probes/tiers.ts';
import type { Tx } from './store/tx.ts';

/** What the log says of how a service is probed: never its settings, which hold secrets. */
function probeDetail({ kind, interval, timeout, failures }: ProbeFields) {
  return { kind, interval: interval / 1000, timeout: timeout / 1000, failures };
}

/**
 * A check that waits for reports more often than its probe runs would go down for nothing.
 * @throws AppError `invalid`.
 */
export async function requireOwnPace(tx: Tx, { projectId, code, fields }: UpdateInput): Promise<void> {
  const { kind = 'simple', timeout } = fields;
  if (kind === 'simple' && timeout === undefined) return;
  const probe = await tx.db
    .selectFrom('probes')
    .innerJoin('checks', 'checks.id', 'probes.check_id')
    .select('probes.interval')
    .where('checks.code', '=', code)
    .where('checks.project_id', '=', projectId)
    .executeTakeFirst();
  if (probe === undefined) return;
  const period = periodOf(probe.interval / 1000);
  if (kind === 'simple' && timeout === period) return;
  const message = `timeout is ${period} s, the interval of the service's probe, and is changed with that`;
  throw new AppError('invalid', message, { field: 'timeout' });
}

export function serviceCommands({ checkLimit }: { checkLimit: number }) {
  const receive = { checkLimit, announce: announceChanges };
  const checks = checkCommands({ checkLimit });
  const probed = async (tx: Tx, { project_id, check_id, code }: PresentedCheck, fields: ProbeFields) =>
    setProbe(tx, { checkId: check_id, projectId: project_id, code, fields }, postWarnings);
  return {
    'services.create': audited(
      'service.create',
      async (tx, input: CreateInput & { probe: ProbeFields; actor: string }) => {
        const { probe, ...create } = input;
        const made = await checks['checks.create'].each(tx, create);
        await probed(tx, made.check, probe);
        return made;
      },
      ({ projectId, probe }, { check }) => ({ projectId, target: check.code, detail: probeDetail(probe) }),
    ),
    'services.update': audited(
      'service.update',
      async (tx, input: UpdateInput & { probe: ProbeFields; actor: string }) => {
        const { probe, ...update } = input;
        const check = await checks['checks.update'].each(tx, update);
        await probed(tx, check, probe);
        return check;
      },
      ({ projectId, code, probe }) => ({ projectId, target: code, detail: probeDetail(probe) }),
    ),
    'probes.report': {
      each: (tx: Tx, { runs, logLimit }: { runs: Run[]; logLimit: number }) =>
        reportRuns(tx, runs, probePorts(logLimit, receive)),
    },
    'probes.hold': { each: (tx: Tx, input: HoldInput) => holdShards(tx, input) },
    'probes.release': { each: (tx: Tx, owner: string) => releaseShards(tx, owner) },
  } as const;
}
