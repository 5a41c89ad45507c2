/** The writes that change checks on somebody's behalf: joined from checks, the audit log and the path of alerts. */
import { audited } from './accounts/audit.ts';
import { announceChanges, lookAgainNow } from './alert-path.ts';
import { type BulkInput, changeChecks } from './checks/bulk.ts';
import {
  type CheckRef,
  type CreateInput,
  clearEvents,
  createCheck,
  type MayUpdate,
  type PresentedCheck,
  pauseCheck,
  resumeCheck,
  type UpdateInput,
  updateCheck,
} from './checks/manage.ts';
import { removeCheck, restoreCheck } from './checks/removal.ts';
import { endWatchQuietly } from './probe-path.ts';
import type { Tx } from './store/tx.ts';

export interface CheckCommandOptions {
  checkLimit: number;
  mayUpdate?: MayUpdate;
}

export function checkCommands({ checkLimit, mayUpdate = async () => undefined }: CheckCommandOptions) {
  const ports = { checkLimit, announce: announceChanges, mayUpdate };
  const create = audited(
    'check.create',
    async (tx, input: CreateInput) => {
      const made = await createCheck(tx, input, ports);
      if (input.dependsOn !== undefined) await lookAgainNow(tx, [made.check.check_id]);
      return made;
    },
    ({ projectId }, { check, created }) => ({
      projectId,
      target: check.code,
      detail: { name: check.name, created },
    }),
  );
  const update = audited(
    'check.update',
    async (tx, input: UpdateInput) => {
      await mayUpdate(tx, input);
      const check = await updateCheck(tx, input, announceChanges);
      if (input.dependsOn !== undefined) await lookAgainNow(tx, [check.check_id]);
      return check;
    },
    ({ projectId, code, fields, dependsOn }) => ({
      projectId,
      target: code,
      detail: { ...fields, ...(dependsOn === undefined ? {} : { depends_on: dependsOn }) },
    }),
  );
  const pause = byRef('check.pause', (tx, ref) => pauseCheck(tx, ref, endWatchQuietly));
  const resume = byRef('check.resume', resumeCheck);
  const clear = byRef('check.clear', (tx, ref) => clearEvents(tx, ref, endWatchQuietly));
  const remove = byRef('check.delete', (tx, ref) => removeCheck(tx, ref, endWatchQuietly));
  const restore = byRef('check.restore', (tx, ref) => restoreCheck(tx, ref, ports));
  const single = {
    pause: pause.each,
    resume: resume.each,
    clear: clear.each,
    remove: remove.each,
    restore: restore.each,
    update: update.each,
  };
  return {
    'checks.create': create,
    'checks.update': update,
    'checks.pause': pause,
    'checks.resume': resume,
    'checks.clear': clear,
    'checks.remove': remove,
    'checks.restore': restore,
    'checks.bulk': { each: (tx: Tx, input: BulkInput) => changeChecks(tx, input, single) },
  } as const;
}

/** A change to a check that is named and no more. */
function byRef(action: string, run: (tx: Tx, ref: CheckRef) => Promise<PresentedCheck>) {
  return audited(action, run, ({ projectId, code }, { name }) => ({
    projectId,
    target: code,
    detail: { name },
  }));
}
