/** Commands that make, change and delete maintenance windows. Inputs are validated by the caller. */
import { AppError } from '../errors.ts';
import type { MaintenanceWindowRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { record } from './ledger.ts';
import { requireProject } from './require-project.ts';
import { reviewHeldBy } from './review.ts';

/** Maintenance windows of one project. */
const MOST_WINDOWS = 500;

/** What somebody says of a window. */
export type WindowFields = Omit<
  MaintenanceWindowRow,
  'id' | 'code' | 'project_id' | 'created_at' | 'updated_at'
>;

export interface WindowRef {
  projectId: number;
  code: string;
  /** Who does it, for the ledger. */
  actor?: string;
}

export interface CreateWindowInput {
  projectId: number;
  fields: WindowFields;
  actor?: string;
}

export interface UpdateWindowInput extends WindowRef {
  fields: WindowFields;
}

/** Makes a window. @throws AppError `conflict` at the bound, `not_found` for a project that is gone. */
export async function createWindow(tx: Tx, input: CreateWindowInput): Promise<MaintenanceWindowRow> {
  const { projectId, fields, actor } = input;
  await requireProject(tx, projectId);
  const { count } = await tx.db
    .selectFrom('maintenance_windows')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('project_id', '=', projectId)
    .executeTakeFirstOrThrow();
  if (count >= MOST_WINDOWS) {
    throw new AppError('conflict', `a project has ${MOST_WINDOWS} maintenance windows at most`);
  }
  const window = await tx.db
    .insertInto('maintenance_windows')
    .values({
      ...fields,
      code: tx.newId(),
      project_id: projectId,
      created_at: tx.at,
      updated_at: tx.at,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  await tell(tx, window, 'created', actor);
  return window;
}

/** Changes a window; what only it held is told at once if it does so no more. @throws AppError `not_found` */
export async function updateWindow(tx: Tx, input: UpdateWindowInput): Promise<MaintenanceWindowRow> {
  const old = await ownWindow(tx, input);
  const changes = { ...input.fields, updated_at: tx.at };
  await tx.db.updateTable('maintenance_windows').set(changes).where('id', '=', old.id).execute();
  const window = { ...old, ...changes };
  await reviewHeldBy(tx, window.project_id, window.code);
  await tell(tx, window, 'changed', input.actor);
  return window;
}

/** Deletes a window; what only it held is told at once. @throws AppError `not_found` */
export async function removeWindow(tx: Tx, ref: WindowRef): Promise<MaintenanceWindowRow> {
  const window = await ownWindow(tx, ref);
  await tx.db.deleteFrom('maintenance_windows').where('id', '=', window.id).execute();
  await reviewHeldBy(tx, window.project_id, window.code);
  await tell(tx, window, 'deleted', ref.actor);
  return window;
}

async function ownWindow(tx: Tx, { projectId, code }: WindowRef): Promise<MaintenanceWindowRow> {
  const window = await tx.db
    .selectFrom('maintenance_windows')
    .selectAll()
    .where('code', '=', code)
    .where('project_id', '=', projectId)
    .executeTakeFirst();
  if (window === undefined) throw new AppError('not_found', 'no such maintenance window');
  return window;
}

async function tell(tx: Tx, window: MaintenanceWindowRow, what: string, actor = ''): Promise<void> {
  const { project_id: projectId, code, name, schedule, duration, time_zone, starts_at, ends_at } = window;
  const detail = {
    window: code,
    what,
    name,
    schedule,
    duration,
    time_zone,
    starts_at,
    ends_at,
    disabled: window.disabled === 1,
  };
  await record(tx, [{ projectId, alertId: null, kind: 'changed', actor, detail }]);
  tx.emit({ type: 'changed', noun: 'window', project: projectId, ids: [code] });
}
