/** Commands that change a check on somebody's behalf. Inputs are validated by the caller. */

import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { CheckRow, CheckStateRow, Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { assignChannels, type CheckFields, firstState, insertCheck } from './create.ts';
import { setDependencies } from './dependencies.ts';
import { newFlipId } from './flip-id.ts';
import type { Check } from './model.ts';
import { reconsider } from './outcomes.ts';
import { policiesOf } from './policies.ts';
import { checksWhere } from './queries.ts';
import { judgeNewPolicies } from './runs.ts';
import { type Announce, emitDeadline, saveStates } from './save.ts';
import { type Changes, flipTo, noChanges } from './transition.ts';
import { wakeAfter } from './wake.ts';

export const UNIQUE_FIELDS = ['name', 'slug', 'tags', 'timeout', 'grace'] as const;
export type UniqueField = (typeof UNIQUE_FIELDS)[number];

export interface CreateInput {
  projectId: number;
  /** A UUID the client asks for, or null for a fresh one. */
  code: string | null;
  fields: Partial<CheckFields>;
  channels: 'all' | number[] | null;
  /** Codes of the checks that it depends on; left out = as they are. */
  dependsOn?: readonly string[];
  /** When every field matches an existing check of the project, that one is updated instead. */
  match: Partial<Pick<CheckFields, UniqueField>> | null;
}

export interface UpdateInput {
  projectId: number;
  code: string;
  fields: Partial<CheckFields>;
  channels: 'all' | number[] | null;
  /** Codes of the checks that it depends on; left out = as they are. */
  dependsOn?: readonly string[];
  /** When given, the update is refused unless the check is still at this revision. */
  revision?: number;
}

export interface CheckRef {
  projectId: number;
  code: string;
}

/** A check with the codes of its channels and what it depends on, as presenters need it. */
export type PresentedCheck = CheckRow &
  CheckStateRow & { channels: string[]; dependsOn: Pick<CheckRow, 'code' | 'unique_key'>[] };

/** Refuses a change that something else of the check rules out. */
export type MayUpdate = (tx: Tx, input: UpdateInput) => Promise<void>;

/** Makes a check, or updates the one that matches; says which. */
export async function createCheck(
  tx: Tx,
  input: CreateInput,
  { checkLimit, announce, mayUpdate }: { checkLimit: number; announce: Announce; mayUpdate: MayUpdate },
): Promise<{ check: PresentedCheck; created: boolean }> {
  const existing = await matchingCheck(tx, input);
  if (existing !== null) {
    const update = {
      projectId: input.projectId,
      code: existing,
      fields: input.fields,
      channels: input.channels,
      ...(input.dependsOn === undefined ? {} : { dependsOn: input.dependsOn }),
    };
    await mayUpdate(tx, update);
    return { check: await updateCheck(tx, update, announce), created: false };
  }
  const check = await insertCheck(tx, input.projectId, input.code, input.fields, checkLimit);
  if (input.channels !== null) await assignChannels(tx, check, input.channels);
  await depend(tx, check.id, input);
  tx.emit({ type: 'changed', noun: 'check', project: check.project_id, ids: [check.code] });
  return { check: await loadCheck(tx, { projectId: input.projectId, code: check.code }), created: true };
}

/** Ends the alerts of checks without a word to anybody; the reason goes into their ledger. */
export type EndAlerts = (tx: Tx, checkIds: number[], reason: string) => Promise<void>;

/**
 * The code of the check that `createCheck` would update; null when it would make one.
 * @throws AppError `conflict` when another project has a check with the code asked for.
 */
export async function matchingCheck(
  tx: Pick<Tx, 'db'>,
  input: Pick<CreateInput, 'projectId' | 'code' | 'match'>,
): Promise<string | null> {
  if (input.code !== null) {
    const taken = await tx.db
      .selectFrom('checks')
      .select('project_id')
      .where('code', '=', input.code)
      .executeTakeFirst();
    if (taken?.project_id === input.projectId) return input.code;
    if (taken !== undefined) throw new AppError('conflict', 'this uuid is taken', { field: 'uuid' });
  }
  if (input.match === null) return null;
  let query = tx.db.selectFrom('checks').select('code').where('project_id', '=', input.projectId);
  for (const field of UNIQUE_FIELDS) {
    const value = input.match[field];
    if (value === undefined) continue;
    query = query.where(field, '=', value);
    // Only a check that uses its timeout can match by it.
    if (field === 'timeout') query = query.where('kind', '=', 'simple');
  }
  const row = await query.orderBy('id').limit(1).executeTakeFirst();
  return row?.code ?? null;
}

/**
 * Changes some fields of a check; its status stays, its deadline follows the new schedule. Alerts about runs end
 * quietly when their policy is changed; a check that is down becomes an alert when its policy allows it now.
 * @throws AppError `not_found`, or `conflict` when the revision has moved on.
 */
export async function updateCheck(tx: Tx, input: UpdateInput, announce: Announce): Promise<PresentedCheck> {
  const check = await ownCheck(tx, input);
  if (input.revision !== undefined && input.revision !== check.revision) {
    throw new AppError('conflict', 'the check was changed meanwhile', {
      field: 'revision',
      currentRevision: check.revision,
    });
  }
  const fields = { ...input.fields, updated_at: tx.at, revision: check.revision + 1 };
  await tx.db.updateTable('checks').set(fields).where('id', '=', check.check_id).execute();
  if (input.channels !== null) {
    await assignChannels(tx, { id: check.check_id, project_id: check.project_id }, input.channels);
  }
  await depend(tx, check.check_id, input);
  const before = check.policies;
  Object.assign(check, fields);
  const changes = noChanges();
  if (check.policies !== before) applyPolicies(tx, check, before, changes);
  check.alert_after = wakeAfter(check, tx.at);
  await saveStates(tx, [check], changes, announce);
  emitDeadline(tx, [check]);
  return loadCheck(tx, input);
}

async function depend(
  tx: Tx,
  id: number,
  { projectId, dependsOn }: Pick<UpdateInput, 'projectId' | 'dependsOn'>,
): Promise<void> {
  if (dependsOn === undefined) return;
  await setDependencies(tx, { id, projectId }, dependsOn);
  // Without names, all are read anew: what it depends on may be probed by another node.
  tx.emit({ type: 'probe', ids: [] });
}

function applyPolicies(tx: Tx, check: Check, before: string, changes: Changes): void {
  judgeNewPolicies(check, { policies: before }, tx.at, changes);
  reconsider(check, tx.at, changes);
  if (policiesOf(check).after === undefined) check.outcomes = 0;
}

/** Pauses a check; pausing it again changes nothing. */
export async function pauseCheck(tx: Tx, ref: CheckRef, endAlerts: EndAlerts): Promise<PresentedCheck> {
  const check = await ownCheck(tx, ref);
  if (check.status !== 'paused') {
    await endAlerts(tx, [check.check_id], 'the check was paused');
    const changes = noChanges();
    flipTo(check, 'paused', '', tx.at, () => newFlipId(tx), changes);
    Object.assign(check, { last_start: null, last_start_rid: null, alert_after: null, excused_until: null });
    Object.assign(check, { outcomes: 0, breaches: 0 });
    await saveStates(tx, [check], changes, async () => undefined);
    tx.emit({ type: 'probe', ids: [check.code] });
  }
  return loadCheck(tx, ref);
}

/** Makes a paused check wait for its first ping anew. @throws AppError `conflict` when it is not paused. */
export async function resumeCheck(tx: Tx, ref: CheckRef): Promise<PresentedCheck> {
  const check = await ownCheck(tx, ref);
  if (check.status !== 'paused') throw new AppError('conflict', 'check is not paused');
  const changes = noChanges();
  flipTo(check, 'new', '', tx.at, () => newFlipId(tx), changes);
  Object.assign(check, { last_start: null, last_start_rid: null, last_ping: null, alert_after: null });
  await saveStates(tx, [check], changes, async () => undefined);
  tx.emit({ type: 'probe', ids: [check.code] });
  return loadCheck(tx, ref);
}

/** Forgets what a check reported (log, flips, sums, status); the count of its pings goes on. */
export async function clearEvents(tx: Tx, ref: CheckRef, endAlerts: EndAlerts): Promise<PresentedCheck> {
  const check = await ownCheck(tx, ref);
  await endAlerts(tx, [check.check_id], 'what the check reported was cleared');
  for (const table of ['pings', 'flips', 'rollups'] as const) {
    await tx.db.deleteFrom(table).where('check_id', '=', check.check_id).execute();
  }
  Object.assign(check, { ...firstState(check.check_id, tx.at), n_pings: check.n_pings });
  await saveStates(tx, [check], noChanges(), async () => undefined);
  return loadCheck(tx, ref);
}

async function ownCheck(tx: Tx, ref: CheckRef): Promise<Check> {
  const [check] = await tx.bulk.checksBy('code', [ref.code]);
  if (check === undefined || check.project_id !== ref.projectId)
    throw new AppError('not_found', 'no such check');
  return check;
}

/** A check of a project with what it is linked to. @throws AppError `not_found`. */
export async function loadCheck(tx: { db: Kysely<Database> }, ref: CheckRef): Promise<PresentedCheck> {
  const [check] = await checksWhere(tx.db, { projectId: ref.projectId, code: ref.code });
  if (check === undefined) throw new AppError('not_found', 'no such check');
  return check;
}
