/** What every start makes sure of: a first project with its keys, and a way in for its admin. */
import type { InitialChannel } from '../config/config.ts';
import type { ProjectRow, UserRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import type { KeyScope, StoredKey } from './keys.ts';
import { insertKey } from './manage-keys.ts';
import { dropToken, keepToken, tokensOf } from './one-time-token.ts';
import { addMember, createProject, DEFAULT_ENVIRONMENTS, rotatePingKey } from './projects.ts';
import { closeOtherSessions } from './sessions.ts';
import { hasAdmin, insertUser, userByEmail } from './users.ts';

/** Makes a channel that no check uses yet, from settings as JSON; wired to notify. */
export type CreateChannel = (
  tx: Tx,
  channel: { projectId: number; kind: string; name: string; settings: string; assignAll: false },
) => Promise<unknown>;

/** Keys by scope, and the ping key. */
export interface ProjectKeys<K> {
  write: K;
  read: K;
  ping: string;
}

export interface BootstrapInput {
  project: string;
  /** What the configuration gives; null = nothing. */
  given: { [K in keyof ProjectKeys<StoredKey>]: ProjectKeys<StoredKey>[K] | null };
  /** For what it does not give, should the project be made now. */
  fresh: ProjectKeys<StoredKey>;
  /** Argon2id in PHC form; null when the configuration gives no admin or there is one. */
  admin: { email: string; password: string } | null;
  timeZone: string;
  channels: InitialChannel[];
  /** Of the token for the set-up link. */
  setUpHash: string;
}

export interface Bootstrapped {
  project: { code: string; name: string };
  /** Which of the fresh keys are now the project's. */
  generated: (keyof ProjectKeys<StoredKey>)[];
  /** Whether the set-up link leads in. */
  setUp: boolean;
}

/** The name of the keys that the configuration, or the first start, gives. */
export const CONFIGURED_KEY = 'configuration';
/** Milliseconds: a day. */
const SET_UP_LIFE = 86_400_000;
const SYSTEM = 'system';
const SCOPES: readonly KeyScope[] = ['write', 'read'];

/** Brings an empty database to its first project and admin; later, takes over keys that were given anew. */
export async function bootstrap(
  tx: Tx,
  input: BootstrapInput,
  createChannel: CreateChannel,
): Promise<Bootstrapped> {
  await waitForOthers(tx);
  const admin = (await hasAdmin(tx.db)) ? null : input.admin;
  const owner = admin === null ? null : await makeAdmin(tx, admin, input.timeZone);
  const known = await configuredProject(tx, input.project);
  const project = known ?? (await firstProject(tx, input, createChannel));
  if (known !== null) await takeOverKeys(tx, known, input);
  if (owner !== null) await addMember(tx, project.id, owner.id, 'owner');
  const setUp = !(await hasAdmin(tx.db));
  await renewSetUpToken(tx, setUp ? input.setUpHash : null);
  const generated = (['write', 'read', 'ping'] as const).filter((kind) => input.given[kind] === null);
  return {
    project: { code: project.code, name: project.name },
    generated: known === null ? generated : [],
    setUp,
  };
}

/** An account that registered itself under the address before is taken over: the configuration decides. */
async function makeAdmin(
  tx: Tx,
  admin: { email: string; password: string },
  timeZone: string,
): Promise<UserRow> {
  const known = await userByEmail(tx.db, admin.email);
  if (known === undefined) return insertUser(tx, { ...admin, name: '', admin: 1, timeZone });
  await tx.db
    .updateTable('users')
    .set({ admin: 1, password: admin.password })
    .where('id', '=', known.id)
    .execute();
  await closeOtherSessions(tx, known.id, '');
  return known;
}

/** Several nodes may start at once on one database: the row holds the later ones until the first is done. */
async function waitForOthers(tx: Tx): Promise<void> {
  await tx.db
    .insertInto('settings')
    .values({ key: 'bootstrap', value: String(tx.at) })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: String(tx.at) }))
    .execute();
}

/** The project that the configuration means: the one of its name, else the first; null = none yet. */
export async function configuredProject(tx: Pick<Tx, 'db'>, name: string): Promise<ProjectRow | null> {
  const all = tx.db.selectFrom('projects').selectAll().orderBy('id').limit(1);
  return (await all.where('name', '=', name).executeTakeFirst()) ?? (await all.executeTakeFirst()) ?? null;
}

async function firstProject(
  tx: Tx,
  input: BootstrapInput,
  createChannel: CreateChannel,
): Promise<ProjectRow> {
  const project = await createProject(tx, {
    name: input.project,
    environments: DEFAULT_ENVIRONMENTS,
    pingKey: input.given.ping ?? input.fresh.ping,
    ownerId: null,
    actor: SYSTEM,
  });
  for (const scope of SCOPES) {
    await insertConfigured(tx, project.id, scope, input.given[scope] ?? input.fresh[scope]);
  }
  // The configuration has checked their settings.
  for (const { kind, name, settings } of input.channels) {
    const channel = { projectId: project.id, kind, name, settings: JSON.stringify(settings) };
    await createChannel(tx, { ...channel, assignAll: false });
  }
  return project;
}

async function takeOverKeys(tx: Tx, project: ProjectRow, input: BootstrapInput): Promise<void> {
  const { given } = input;
  if (given.ping !== null && given.ping !== project.ping_key) {
    await rotatePingKey(tx, { projectId: project.id, pingKey: given.ping, actor: SYSTEM });
  }
  for (const scope of SCOPES) {
    const key = given[scope];
    if (key !== null) await replaceConfigured(tx, project.id, scope, key);
  }
}

async function replaceConfigured(tx: Tx, projectId: number, scope: KeyScope, key: StoredKey): Promise<void> {
  const same = await tx.db
    .selectFrom('api_keys')
    .select('id')
    .where('hash', '=', key.hash)
    .where('project_id', '=', projectId)
    .where('scope', '=', scope)
    .executeTakeFirst();
  if (same !== undefined) return;
  await tx.db
    .deleteFrom('api_keys')
    .where('project_id', '=', projectId)
    .where('scope', '=', scope)
    .where('name', '=', CONFIGURED_KEY)
    .execute();
  await insertConfigured(tx, projectId, scope, key);
}

async function insertConfigured(tx: Tx, projectId: number, scope: KeyScope, key: StoredKey): Promise<void> {
  await insertKey(tx, { projectId, scope, key, name: CONFIGURED_KEY, actor: SYSTEM });
}

/** Only the latest start's link leads in; none once there is an admin. */
async function renewSetUpToken(tx: Tx, hash: string | null): Promise<void> {
  for (const { id } of await tokensOf(tx.db, 'set-up')) await dropToken(tx, 'set-up', id);
  if (hash !== null) {
    await keepToken<null>(tx, 'set-up', hash, { expiresAt: tx.at + SET_UP_LIFE, value: null });
  }
}
