/** What of a project a document is compared with. */
import type { Kysely } from 'kysely';
import type { PresentedCheck } from '../checks/manage.ts';
import { withLinks } from '../checks/queries.ts';
import type { ChannelRow, ConfigItemRow, Database, ProbeRow } from '../store/schema.ts';
import { type Declared, isId } from './model.ts';

/** A check as it is. */
export interface StoredCheck {
  check: PresentedCheck;
  /** Null = it is pinged. */
  probe: ProbeRow | null;
}

export interface Stored {
  /** What configurations own in the project, by noun and id (`itemKey`). */
  items: Map<string, ConfigItemRow>;
  /** Of the project, by id. */
  channels: Map<string, ChannelRow>;
  /** Those that the document or its owner has to do with, by id. */
  checks: Map<string, StoredCheck>;
  /** Ids of the document that belong to another project. */
  taken: Set<string>;
}

/** SQLite takes 32,766 parameters. */
const CHUNK = 500;

export function itemKey(noun: string, code: string): string {
  return `${noun} ${code}`;
}

export async function readStored(
  db: Kysely<Database>,
  projectId: number,
  owner: string,
  { channels, checks }: Declared,
): Promise<Stored> {
  const rows = await db.selectFrom('config_items').selectAll().where('project_id', '=', projectId).execute();
  const ownCodes = rows.filter((row) => row.owner === owner && row.noun === 'check').map(({ code }) => code);
  const given = [...checks.flatMap(({ uuid, dependsOn }) => [uuid ?? '', ...dependsOn])].filter(isId);
  const found = await inChunks([...new Set([...ownCodes, ...given])], (codes) => checksBy(db, codes));
  const own = found.filter(({ check }) => check.project_id === projectId);
  const channelRows = await db
    .selectFrom('channels')
    .selectAll()
    .where('project_id', '=', projectId)
    .orderBy('id')
    .execute();
  const channelIds = channels.flatMap(({ uuid }) => (uuid === null ? [] : [uuid]));
  const elsewhere = await inChunks(channelIds, (codes) =>
    db
      .selectFrom('channels')
      .select('code')
      .where('code', 'in', codes)
      .where('project_id', '!=', projectId)
      .execute(),
  );
  const foreign = found.filter(({ check }) => check.project_id !== projectId);
  return {
    items: new Map(rows.map((row) => [itemKey(row.noun, row.code), row])),
    channels: new Map(channelRows.map((row) => [row.code, row])),
    checks: new Map(own.map((stored) => [stored.check.code, stored])),
    taken: new Set([...foreign.map(({ check }) => check.code), ...elsewhere.map(({ code }) => code)]),
  };
}

async function inChunks<T>(
  codes: readonly string[],
  read: (codes: readonly string[]) => Promise<T[]>,
): Promise<T[]> {
  const found: T[] = [];
  for (let from = 0; from < codes.length; from += CHUNK) {
    found.push(...(await read(codes.slice(from, from + CHUNK))));
  }
  return found;
}

async function checksBy(db: Kysely<Database>, codes: readonly string[]): Promise<StoredCheck[]> {
  const rows = await db
    .selectFrom('checks')
    .innerJoin('check_states', 'check_states.check_id', 'checks.id')
    .selectAll(['checks', 'check_states'])
    .where('checks.code', 'in', codes)
    .execute();
  return withProbes(db, await withLinks(db, rows));
}

/** Checks with how they are probed. */
export async function withProbes(
  db: Kysely<Database>,
  checks: readonly PresentedCheck[],
): Promise<StoredCheck[]> {
  if (checks.length === 0) return [];
  const probes = await db
    .selectFrom('probes')
    .selectAll()
    .where(
      'check_id',
      'in',
      checks.map(({ check_id }) => check_id),
    )
    .execute();
  const byCheck = new Map(probes.map((probe) => [probe.check_id, probe]));
  return checks.map((check) => ({ check, probe: byCheck.get(check.check_id) ?? null }));
}
