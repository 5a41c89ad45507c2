/** What the things are called that the audit log names by their ids: now, or when they were last there. */
import type { Kysely } from 'kysely';
import { alertTitle } from '../../explain/sentences.ts';
import type { Database } from '../../store/schema.ts';

/** An entry as far as it names things. */
interface Naming {
  project_id: number | null;
  target: string;
  /** JSON object. */
  detail: string;
}

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
/** Of an alert: made from the time (alerts/ids.ts). */
const ALERT_ID = /^[0-9]{13,16}$/;
/** Ids of one page that are looked up; the names of more are left out. */
const MOST_IDS = 1_000;
/** Older entries that are read for the names of what is gone. */
const MOST_ENTRIES = 2_000;

/** The names by id. What is asked for belongs to the projects of the entries: names of others are not told. */
export async function auditNames(
  db: Kysely<Database>,
  entries: readonly Naming[],
): Promise<Map<string, string>> {
  const projects = [...new Set(entries.flatMap(({ project_id }) => project_id ?? []))];
  const codes = [...new Set(entries.flatMap(codesOf))].slice(0, MOST_IDS);
  const alerts = entries.map(({ target }) => target).filter((target) => ALERT_ID.test(target));
  if (projects.length === 0) return new Map();
  const names = new Map([
    ...(await namesNow(db, projects, codes)),
    ...(await alertNames(db, projects, alerts)),
  ]);
  const gone = codes.filter((code) => !names.has(code));
  for (const [code, name] of await lastNames(db, projects, gone)) names.set(code, name);
  return names;
}

function codesOf({ target, detail }: Naming): string[] {
  return `${target} ${detail}`.match(UUID) ?? [];
}

async function namesNow(
  db: Kysely<Database>,
  projects: readonly number[],
  codes: readonly string[],
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const named = (table: 'checks' | 'channels' | 'maintenance_windows') =>
    db
      .selectFrom(table)
      .select(['code', 'name'])
      .where('project_id', 'in', projects)
      .where('code', 'in', codes);
  const rows = await named('checks')
    .unionAll(named('channels'))
    .unionAll(named('maintenance_windows'))
    .unionAll(
      db
        .selectFrom('silences')
        .select(['code', 'comment as name'])
        .where('project_id', 'in', projects)
        .where('code', 'in', codes),
    )
    .unionAll(
      db
        .selectFrom('projects')
        .select(['code', 'name'])
        .where('id', 'in', projects)
        .where('code', 'in', codes),
    )
    .execute();
  return new Map(rows.filter(({ name }) => name !== '').map(({ code, name }) => [code, name]));
}

async function alertNames(
  db: Kysely<Database>,
  projects: readonly number[],
  ids: readonly string[],
): Promise<Map<string, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db
    .selectFrom('alerts')
    .select(['id', 'name', 'labels'])
    .where('project_id', 'in', projects)
    .where('id', 'in', ids.map(Number))
    .execute();
  return new Map(
    rows.map(({ id, name, labels }) => [
      String(id),
      alertTitle({ name, labels: JSON.parse(labels) as Record<string, string> }),
    ]),
  );
}

/** What is gone is called as the last entry about it that holds a name. */
async function lastNames(
  db: Kysely<Database>,
  projects: readonly number[],
  codes: readonly string[],
): Promise<Map<string, string>> {
  if (codes.length === 0) return new Map();
  const rows = await db
    .selectFrom('audit_log')
    .select(['target', 'detail'])
    .where('project_id', 'in', projects)
    .where('target', 'in', codes)
    .orderBy('id', 'desc')
    .limit(MOST_ENTRIES)
    .execute();
  const names = new Map<string, string>();
  for (const { target, detail } of rows) {
    const { name, comment } = JSON.parse(detail) as Record<string, unknown>;
    const called = name ?? comment;
    if (typeof called === 'string' && called !== '' && !names.has(target)) names.set(target, called);
  }
  return names;
}
