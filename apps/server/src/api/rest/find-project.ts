/** Which project a call is about. */
import type { Kysely } from 'kysely';
import { projectsSeen } from '../../accounts/identity.ts';
import { projectByCode } from '../../accounts/projects.ts';
import { AppError } from '../../errors.ts';
import type { Database, ProjectRow } from '../../store/schema.ts';
import type { RawCall } from './define.ts';

export interface FindProject {
  /** What the caller is told that does not exist. */
  noun: string;
  /** Null = there is none. */
  find(call: RawCall): Promise<ProjectRow | null>;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const UNIQUE_KEY = /^[0-9a-f]{40}$/;

/** The project that the path names: `/projects/:project/...`. */
export const namedProject: FindProject = {
  noun: 'project',
  find: ({ params, context }) => byCode(context.store.db, params['project'] ?? ''),
};

/** The project of `?project=`; left out, the only one that the caller sees. */
export const chosenProject: FindProject = {
  noun: 'project',
  async find({ query, identity, context }) {
    const code = chosen(query);
    if (code !== null) return byCode(context.store.db, code);
    const seen = await projectsSeen(context.store.db, identity);
    if (seen.length > 1) {
      const message = `project is missing: you see ${seen.length} of them`;
      throw new AppError('invalid', message, { field: 'project' });
    }
    return seen[0]?.project ?? null;
  },
};

/** The project of the check that the path names by its UUID or its unique key. */
export const projectOfCheck: FindProject = {
  noun: 'check',
  async find({ params, context }) {
    const id = params['check'] ?? '';
    const column = UUID.test(id) ? 'code' : UNIQUE_KEY.test(id) ? 'unique_key' : null;
    if (column === null) return null;
    return owner(
      context.store.db,
      await context.store.db
        .selectFrom('checks')
        .select('project_id')
        .where(column, '=', id)
        .executeTakeFirst(),
    );
  },
};

/** The project from which the check that the path names was removed last; if it was not, the one it is in. */
export const projectOfRemovedCheck: FindProject = {
  noun: 'check',
  async find(call) {
    const id = call.params['check'] ?? '';
    if (!UUID.test(id)) return projectOfCheck.find(call);
    const { db } = call.context.store;
    const removed = await db
      .selectFrom('removed_checks')
      .select('project_id')
      .where('code', '=', id)
      .orderBy('check_id', 'desc')
      .limit(1)
      .executeTakeFirst();
    return removed === undefined ? projectOfCheck.find(call) : owner(db, removed);
  },
};

/** The project of the channel that the path names. */
export const projectOfChannel: FindProject = {
  noun: 'channel',
  async find({ params, context }) {
    const id = params['channel'] ?? '';
    if (!UUID.test(id)) return null;
    const { db } = context.store;
    const row = db.selectFrom('channels').select('project_id').where('code', '=', id);
    return owner(db, await row.executeTakeFirst());
  },
};

/** The project of the silence that the path names. */
export const projectOfSilence: FindProject = {
  noun: 'silence',
  async find({ params, context }) {
    const id = params['silence'] ?? '';
    if (!UUID.test(id)) return null;
    const { db } = context.store;
    const row = db.selectFrom('silences').select('project_id').where('code', '=', id);
    return owner(db, await row.executeTakeFirst());
  },
};

/** The project of the maintenance window that the path names. */
export const projectOfWindow: FindProject = {
  noun: 'maintenance window',
  async find({ params, context }) {
    const id = params['window'] ?? '';
    if (!UUID.test(id)) return null;
    const { db } = context.store;
    const row = db.selectFrom('maintenance_windows').select('project_id').where('code', '=', id);
    return owner(db, await row.executeTakeFirst());
  },
};

/** The project of the delivery that the path names. */
export const projectOfDelivery: FindProject = {
  noun: 'delivery',
  async find({ params, context }) {
    const id = params['delivery'] ?? '';
    if (!/^\d{1,15}$/.test(id)) return null;
    const { db } = context.store;
    const row = db.selectFrom('deliveries').select('project_id').where('id', '=', Number(id));
    return owner(db, await row.executeTakeFirst());
  },
};

/** The project of the alert, or the drill, that the path names. */
export function projectOfAlert(noun: 'alert' | 'drill'): FindProject {
  return {
    noun,
    async find({ params, context }) {
      const { db } = context.store;
      const id = alertIdIn(params[noun]);
      if (id === null) return null;
      let row = db.selectFrom('alerts').select('project_id').where('id', '=', id);
      if (noun === 'drill') row = row.where('drill', '=', 1);
      return owner(db, await row.executeTakeFirst());
    },
  };
}

/** An alert's id as a path tells it; null = it can be none. */
export function alertIdIn(text: string | undefined): number | null {
  if (text === undefined || !/^\d{1,16}$/.test(text)) return null;
  const id = Number(text);
  return Number.isSafeInteger(id) ? id : null;
}

/** The project of the incident that the path names. */
export const projectOfIncident: FindProject = {
  noun: 'incident',
  async find({ params, context }) {
    const id = params['incident'] ?? '';
    if (!UUID.test(id)) return null;
    const { db } = context.store;
    const row = db.selectFrom('incidents').select('project_id').where('code', '=', id);
    return owner(db, await row.executeTakeFirst());
  },
};

/** A public identifier of the path. @throws AppError `not_found` when it cannot be one. */
export function knownUuid(id: string | undefined, noun: string): string {
  if (id !== undefined && UUID.test(id)) return id;
  throw new AppError('not_found', `no such ${noun}`);
}

function chosen(query: unknown): string | null {
  if (typeof query !== 'object' || query === null || !('project' in query)) return null;
  return String(query.project);
}

async function byCode(db: Kysely<Database>, code: string): Promise<ProjectRow | null> {
  return UUID.test(code) ? ((await projectByCode(db, code)) ?? null) : null;
}

async function owner(
  db: Kysely<Database>,
  row: { project_id: number } | undefined,
): Promise<ProjectRow | null> {
  if (row === undefined) return null;
  const project = db.selectFrom('projects').selectAll().where('id', '=', row.project_id);
  return (await project.executeTakeFirst()) ?? null;
}
