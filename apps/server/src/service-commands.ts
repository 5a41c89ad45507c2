/** The writes about services: checks that are probed. Joined from checks, probes and the audit log. */
import { audited } from './accounts/audit.ts';
import { announceChanges } from './alert-path.ts';
import { checkCommands } from './check-commands.ts';
import type { CreateInput, PresentedCheck, UpdateInput } from './checks/manage.ts';
import { postWarnings, probePorts } from './probe-path.ts';
import { type ProbeFields, setProbe } from './probes/manage.ts';
import type { Run } from './probes/model.ts';
import { reportRuns } from './probes/report.ts';
import { type HoldInput, holdShards, releaseShards } from './probes/shards.ts';
import type { Tx } from './store/tx.ts';

/** What the log says of how a service is probed: never its settings, which hold secrets. */
function probeDetail({ kind, interval, timeout, failures }: ProbeFields) {
  return { kind, interval: interval / 1000, timeout: timeout / 1000, failures };
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
