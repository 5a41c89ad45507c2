/** Commands that change how checks are probed. Inputs are validated by the caller. */
import { AppError } from '../errors.ts';
import type { ProbeRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import type { WarningChange, WarningEnd } from './report.ts';

/** What may be set of a probe. */
export type ProbeFields = Pick<
  ProbeRow,
  'kind' | 'settings' | 'interval' | 'timeout' | 'thresholds' | 'failures'
>;

export interface SetProbeInput {
  checkId: number;
  projectId: number;
  /** Of its check. */
  code: string;
  fields: ProbeFields;
}

/** Ends alerts of warnings. */
export type EndWarnings = (tx: Tx, over: WarningChange[]) => Promise<void>;

/**
 * Probes a check in this way from now on. Setting what is set already changes nothing, a running streak included.
 * @returns whether something changed.
 */
export async function setProbe(tx: Tx, input: SetProbeInput, endWarnings: EndWarnings): Promise<boolean> {
  const { checkId, projectId, code } = input;
  const { interval, timeout } = input.fields;
  // Parts of a millisecond are nobody's intention: 1.005 s is 1004.9999999999999 ms.
  const fields = { ...input.fields, interval: Math.round(interval), timeout: Math.round(timeout) };
  const before = await tx.db
    .selectFrom('probes')
    .selectAll()
    .where('check_id', '=', checkId)
    .executeTakeFirst();
  if (before !== undefined && isSame(before, fields)) return false;
  await forgetState(tx, checkId, 'changed', endWarnings);
  if (before === undefined) {
    await tx.db
      .insertInto('probes')
      .values({ check_id: checkId, project_id: projectId, ...fields, revision: 1 })
      .execute();
  } else {
    const changed = { ...fields, revision: before.revision + 1 };
    await tx.db.updateTable('probes').set(changed).where('check_id', '=', checkId).execute();
  }
  tx.emit({ type: 'probe', ids: [code] });
  return true;
}

/** Leaves a check to its pings. @throws AppError `not_found` when it was not probed. */
export async function removeProbe(
  tx: Tx,
  { checkId, code }: Pick<SetProbeInput, 'checkId' | 'code'>,
  endWarnings: EndWarnings,
): Promise<void> {
  await forgetState(tx, checkId, 'unprobed', endWarnings);
  const removed = await tx.db.deleteFrom('probes').where('check_id', '=', checkId).executeTakeFirst();
  if (removed.numDeletedRows === 0n) throw new AppError('not_found', 'no such service');
  tx.emit({ type: 'probe', ids: [code] });
}

/** What their last runs found stays; what is counted from run to run, and which warnings there are, does not. */
export async function forgetStreaks(tx: Tx, checkIds: readonly number[]): Promise<void> {
  if (checkIds.length === 0) return;
  await tx.db
    .updateTable('probe_states')
    .set({ failing: 0, streaks: '{}', warned: '[]' })
    .where('check_id', 'in', checkIds)
    .execute();
}

function isSame(before: ProbeRow, fields: ProbeFields): boolean {
  return (Object.keys(fields) as (keyof ProbeFields)[]).every((name) => before[name] === fields[name]);
}

/** What another way of probing found says nothing about this one. */
async function forgetState(
  tx: Tx,
  checkId: number,
  end: WarningEnd,
  endWarnings: EndWarnings,
): Promise<void> {
  const state = await tx.db
    .deleteFrom('probe_states')
    .where('check_id', '=', checkId)
    .returning('warned')
    .executeTakeFirst();
  const warned = state === undefined ? [] : (JSON.parse(state.warned) as string[]);
  if (warned.length === 0) return;
  await endWarnings(
    tx,
    warned.map((key) => ({ checkId, key, passed: end, at: tx.at })),
  );
}
