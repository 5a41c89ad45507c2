/** Projects: what owns checks, keys and channels. */
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, Flag, ProjectRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { type Actor, audit } from './audit.ts';
import { emitProject } from './manage-keys.ts';

export const DEFAULT_ENVIRONMENTS = ['production'];
/** Whom a project tells of alerts, as the contract says it. */
const ALERT_ROUTES = ['default', 'both', 'none'] as const;
export type AlertRoute = (typeof ALERT_ROUTES)[number];

/** Projects on one server. */
const PROJECT_LIMIT = 10_000;
/** Projects that one person owns, so that no member can use up the server's. */
const OWNED_LIMIT = 100;

export interface CreateProjectInput {
  name: string;
  environments: string[];
  pingKey: string;
  /** Its owner; null for none (made with the admin token). */
  ownerId: number | null;
  actor: Actor;
}

/** Makes a project. @throws AppError `conflict` at the limits, or when the ping key is taken. */
export async function createProject(tx: Tx, input: CreateProjectInput): Promise<ProjectRow> {
  await requireRoom(tx, input.ownerId);
  const project = await tx.db
    .insertInto('projects')
    .values({
      code: tx.newId(),
      name: input.name,
      ping_key: input.pingKey,
      badge_key: tx.newId(),
      show_slugs: 0,
      environments: JSON.stringify(input.environments),
      created_at: tx.at,
    })
    .onConflict((conflict) => conflict.column('ping_key').doNothing())
    .returningAll()
    .executeTakeFirst();
  if (project === undefined) throw pingKeyTaken();
  if (input.ownerId !== null) await addMember(tx, project.id, input.ownerId, 'owner');
  await record(tx, project, input.actor, 'project.create', { name: input.name });
  return project;
}

async function requireRoom(tx: Tx, ownerId: number | null): Promise<void> {
  const { all } = await tx.db
    .selectFrom('projects')
    .select((e) => e.fn.countAll<number>().as('all'))
    .executeTakeFirstOrThrow();
  if (all >= PROJECT_LIMIT) throw new AppError('conflict', `a server has ${PROJECT_LIMIT} projects at most`);
  if (ownerId === null) return;
  const { owned } = await tx.db
    .selectFrom('members')
    .select((e) => e.fn.countAll<number>().as('owned'))
    .where('user_id', '=', ownerId)
    .where('role', '=', 'owner')
    .executeTakeFirstOrThrow();
  if (owned >= OWNED_LIMIT) throw new AppError('conflict', `one person owns ${OWNED_LIMIT} projects at most`);
}

/** Gives somebody a role; false when they have one already. */
export async function addMember(tx: Tx, projectId: number, userId: number, role: string): Promise<boolean> {
  const result = await tx.db
    .insertInto('members')
    .values({ project_id: projectId, user_id: userId, role, created_at: tx.at })
    .onConflict((conflict) => conflict.columns(['project_id', 'user_id']).doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

export interface UpdateProjectInput {
  projectId: number;
  fields: { name?: string; environments?: string[]; show_slugs?: boolean; alert_route?: AlertRoute };
  actor: Actor;
}

/** Changes a project. @throws AppError `conflict` when a check is in an environment that would go. */
export async function updateProject(tx: Tx, input: UpdateProjectInput): Promise<ProjectRow> {
  const { name, environments, show_slugs, alert_route } = input.fields;
  if (environments !== undefined) await requireUnused(tx, input.projectId, environments);
  const set = {
    ...(name === undefined ? {} : { name }),
    ...(environments === undefined ? {} : { environments: JSON.stringify(environments) }),
    ...(show_slugs === undefined ? {} : { show_slugs: (show_slugs ? 1 : 0) as Flag }),
    ...(alert_route === undefined ? {} : { alert_route }),
  };
  if (Object.keys(set).length > 0) {
    await tx.db.updateTable('projects').set(set).where('id', '=', input.projectId).execute();
  }
  const project = await projectById(tx, input.projectId);
  await record(tx, project, input.actor, 'project.update', { ...input.fields });
  return project;
}

/** Checks that name an environment that is not in the list keep it from going. */
async function requireUnused(tx: Tx, projectId: number, environments: string[]): Promise<void> {
  const used = await tx.db
    .selectFrom('checks')
    .select(['environment', 'name'])
    .where('project_id', '=', projectId)
    .where('environment', 'not in', ['', ...environments])
    .limit(1)
    .executeTakeFirst();
  if (used === undefined) return;
  const message = `the check "${used.name}" is in the environment "${used.environment}"`;
  throw new AppError('conflict', message, { field: 'environments' });
}

export interface RotatePingKeyInput {
  projectId: number;
  pingKey: string;
  actor: Actor;
}

/** Gives a project another ping key; the old one stops at once. @throws AppError `conflict` when it is taken. */
export async function rotatePingKey(tx: Tx, input: RotatePingKeyInput): Promise<ProjectRow> {
  const taken = await tx.db
    .selectFrom('projects')
    .select('id')
    .where('ping_key', '=', input.pingKey)
    .where('id', '!=', input.projectId)
    .executeTakeFirst();
  if (taken !== undefined) throw pingKeyTaken();
  await tx.db
    .updateTable('projects')
    .set({ ping_key: input.pingKey })
    .where('id', '=', input.projectId)
    .execute();
  const project = await projectById(tx, input.projectId);
  await record(tx, project, input.actor, 'project.ping-key', {});
  return project;
}

function pingKeyTaken(): AppError {
  return new AppError('conflict', 'the ping key belongs to another project');
}

async function projectById(tx: Tx, id: number): Promise<ProjectRow> {
  const row = await tx.db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such project');
  return row;
}

async function record(
  tx: Tx,
  project: ProjectRow,
  actor: Actor,
  action: string,
  detail: Record<string, unknown>,
): Promise<void> {
  await audit(tx, { projectId: project.id, actor, action, target: project.code, detail });
  await emitProject(tx, project.id);
}

/** The environments of a project, the default first. */
export function environmentsOf(project: Pick<ProjectRow, 'environments'>): string[] {
  return JSON.parse(project.environments) as string[];
}

export function alertRouteOf({ alert_route: stored }: Pick<ProjectRow, 'alert_route'>): AlertRoute {
  return ALERT_ROUTES.find((route) => route === stored) ?? 'default';
}

/** A project by its public identifier. */
export async function projectByCode(db: Kysely<Database>, code: string): Promise<ProjectRow | undefined> {
  return db.selectFrom('projects').selectAll().where('code', '=', code).executeTakeFirst();
}
