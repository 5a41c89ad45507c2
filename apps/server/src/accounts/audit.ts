/** The audit log: who changed what, written in the transaction of the change itself. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';

/** Who does something: `user:<e-mail>`, `key:<hint>`, `link:<channel>`, `admin-token`, `anonymous`, `system`. */
export type Actor = string;

export interface AuditInput {
  /** Null when it is not about one project. */
  projectId: number | null;
  actor: Actor;
  /** Noun and verb, e.g. `check.update`. */
  action: string;
  target: string;
  /** Plain data; the caller leaves secrets out. */
  detail?: Record<string, unknown>;
}

/** Entries kept; the oldest go. */
const AUDIT_LIMIT = 100_000;
/** The log is shortened when an entry's number is a multiple of this. */
const PRUNE_EVERY = 1000;
/** Characters of detail. */
const DETAIL_LIMIT = 4000;

/** Records a change. */
export async function audit(tx: Tx, entry: AuditInput): Promise<void> {
  const { id } = await tx.db
    .insertInto('audit_log')
    .values({
      project_id: entry.projectId,
      at: tx.at,
      actor: entry.actor,
      action: entry.action,
      target: entry.target,
      detail: bounded(entry.detail ?? {}),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  if (id % PRUNE_EVERY === 0) {
    await tx.db
      .deleteFrom('audit_log')
      .where('id', '<=', id - AUDIT_LIMIT)
      .execute();
  }
}

function bounded(detail: Record<string, unknown>): string {
  const text = JSON.stringify(detail);
  return text.length <= DETAIL_LIMIT ? text : JSON.stringify({ shortened: Object.keys(detail).slice(0, 50) });
}

/**
 * A command that records what it changed. Callers say who they are in `actor`; one that does not is `system`.
 */
export function audited<I, O>(
  action: string,
  run: (tx: Tx, input: I) => Promise<O>,
  note: (input: I, output: O) => Pick<AuditInput, 'projectId' | 'target' | 'detail'>,
) {
  return {
    each: async (tx: Tx, input: I & { actor?: Actor }): Promise<O> => {
      const output = await run(tx, input);
      await audit(tx, { ...note(input, output), action, actor: input.actor ?? 'system' });
      return output;
    },
  };
}

/** Which entries; all must hold. */
export interface AuditFilter {
  /** Null = of all projects, and of none. */
  projectId: number | null;
  /** Older than the entry of this id. */
  before: number | null;
  /** Part of who did it, in any case. */
  actor?: string | undefined;
  /** The beginning of what was done: `check.` is everything about checks. */
  action?: string | undefined;
  /** Epoch milliseconds; `until` is not included. */
  from?: number | undefined;
  until?: number | undefined;
  limit: number;
}

/** Entries, newest first. */
export async function auditEntries(db: Kysely<Database>, filter: AuditFilter) {
  const { projectId, before, actor, action, from, until, limit } = filter;
  let query = db
    .selectFrom('audit_log')
    .leftJoin('projects', 'projects.id', 'audit_log.project_id')
    .selectAll('audit_log')
    .select('projects.code as project');
  if (projectId !== null) query = query.where('project_id', '=', projectId);
  if (before !== null) query = query.where('audit_log.id', '<', before);
  if (from !== undefined) query = query.where('at', '>=', from);
  if (until !== undefined) query = query.where('at', '<', until);
  // Both engines compare these exactly; patterns would not.
  if (actor !== undefined) {
    query = query.where(sql<boolean>`replace(lower(actor), ${actor.toLowerCase()}, '') <> lower(actor)`);
  }
  if (action !== undefined) {
    query = query.where(sql<boolean>`substr(action, 1, ${sql.lit([...action].length)}) = ${action}`);
  }
  return query.orderBy('audit_log.id', 'desc').limit(limit).execute();
}
