/** Commands that make and end API keys. */
import type { Insertable, Kysely, Selectable } from 'kysely';
import { AppError } from '../errors.ts';
import type { ApiKeyTable, Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { type Actor, audit } from './audit.ts';
import type { KeyScope, StoredKey } from './keys.ts';

export type ApiKeyRow = Selectable<ApiKeyTable>;

/** Keys of a project. */
const KEY_LIMIT = 100;

export interface CreateKeyInput {
  projectId: number;
  scope: KeyScope;
  name: string;
  key: StoredKey;
  actor: Actor;
}

/** Makes a key. @throws AppError `conflict` when the project has as many as it may. */
export async function createKey(tx: Tx, input: CreateKeyInput): Promise<ApiKeyRow> {
  const { count } = await tx.db
    .selectFrom('api_keys')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('project_id', '=', input.projectId)
    .executeTakeFirstOrThrow();
  if (count >= KEY_LIMIT) throw new AppError('conflict', `a project has ${KEY_LIMIT} API keys at most`);
  return insertKey(tx, input);
}

/** Inserts a key. @throws AppError `conflict` when it is in use already, here or in another project. */
export async function insertKey(tx: Tx, input: CreateKeyInput): Promise<ApiKeyRow> {
  const values: Insertable<ApiKeyTable> = {
    code: tx.newId(),
    project_id: input.projectId,
    scope: input.scope,
    name: input.name,
    hint: input.key.hint,
    hash: input.key.hash,
    created_at: tx.at,
    last_used_at: null,
  };
  const row = await tx.db
    .insertInto('api_keys')
    .values(values)
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new AppError('conflict', `the API key ${input.key.hint}... is in use already`);
  await auditKey(tx, 'key.create', input.actor, row);
  return row;
}

export interface RevokeKeyInput {
  projectId: number;
  code: string;
  actor: Actor;
}

/** Ends a key at once. @throws AppError `not_found`. */
export async function revokeKey(tx: Tx, input: RevokeKeyInput): Promise<void> {
  const row = await tx.db
    .deleteFrom('api_keys')
    .where('project_id', '=', input.projectId)
    .where('code', '=', input.code)
    .returningAll()
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such key');
  await auditKey(tx, 'key.revoke', input.actor, row);
}

async function auditKey(tx: Tx, action: string, actor: Actor, row: ApiKeyRow): Promise<void> {
  const detail = { name: row.name, scope: row.scope };
  await audit(tx, { projectId: row.project_id, actor, action, target: row.hint, detail });
  await emitProject(tx, row.project_id);
}

/** Notes that a key was used. */
export async function touchKey(tx: Tx, keyId: number): Promise<void> {
  await tx.db.updateTable('api_keys').set({ last_used_at: tx.at }).where('id', '=', keyId).execute();
}

/** The keys of a project, oldest first. */
export async function keysOf(db: Kysely<Database>, projectId: number): Promise<ApiKeyRow[]> {
  return db.selectFrom('api_keys').selectAll().where('project_id', '=', projectId).orderBy('id').execute();
}

/** Tells watchers that something about a project changed. */
export async function emitProject(tx: Tx, projectId: number): Promise<void> {
  const row = await tx.db
    .selectFrom('projects')
    .select('code')
    .where('id', '=', projectId)
    .executeTakeFirst();
  if (row !== undefined) tx.emit({ type: 'changed', noun: 'project', project: projectId, ids: [row.code] });
}
