/** From the body of a call to the fields of a check. */
import type { CheckCreate } from '@vigie/contract';
import type { Kysely } from 'kysely';
import { environmentsOf } from '../../accounts/projects.ts';
import type { CheckFields } from '../../checks/create.ts';
import { knownSchedule, knownZone } from '../../checks/known-schedule.ts';
import { policiesText } from '../../checks/policies.ts';
import { AppError } from '../../errors.ts';
import type { Database, Flag, ProjectRow } from '../../store/schema.ts';

type Body = Omit<CheckCreate, 'id'>;

const AS_THEY_ARE = [
  'name',
  'slug',
  'description',
  'grace',
  'methods',
  'start_kw',
  'success_kw',
  'failure_kw',
] as const;
const FLAGS = [
  'manual_resume',
  'filter_subject',
  'filter_body',
  'filter_http_body',
  'filter_default_fail',
] as const;

/**
 * The fields that a body sets. `before` is the check as it is, or what a new one begins with.
 * @throws AppError `invalid`, naming the field.
 */
export function checkFields(
  body: Body,
  project: ProjectRow,
  before: { kind: string; schedule: string; time_zone: string },
): Partial<CheckFields> {
  const fields: Partial<CheckFields> = { ...scheduleFields(body, before) };
  for (const name of AS_THEY_ARE) if (body[name] !== undefined) Object.assign(fields, { [name]: body[name] });
  for (const name of FLAGS) if (body[name] !== undefined) fields[name] = (body[name] ? 1 : 0) as Flag;
  if (body.tags !== undefined) fields.tags = [...new Set(body.tags)].join(' ');
  if (body.policies !== undefined) fields.policies = policiesText(body.policies);
  if (body.environment !== undefined) fields.environment = knownEnvironment(body.environment, project);
  return fields;
}

function knownEnvironment(name: string, project: ProjectRow): string {
  const names = environmentsOf(project);
  if (names.includes(name)) return name;
  const message = `environment must be one of the project's: ${names.join(', ')}`;
  throw new AppError('invalid', message, { field: 'environment' });
}

function scheduleFields(
  body: Body,
  before: { kind: string; schedule: string; time_zone: string },
): Partial<CheckFields> {
  const { timeout, schedule, time_zone } = body;
  if (timeout !== undefined && schedule !== undefined) {
    throw new AppError('invalid', 'schedule cannot be given beside timeout', { field: 'schedule' });
  }
  const zone = time_zone === undefined ? {} : { time_zone: knownZone(time_zone) };
  if (timeout !== undefined) return { ...zone, kind: 'simple', timeout };
  if (schedule === undefined) return zone;
  const timeZone = zone.time_zone ?? before.time_zone;
  const { kind } = knownSchedule(schedule, timeZone);
  return { kind, schedule, time_zone: timeZone };
}

/** Channels of the project by their public identifiers. @throws AppError `invalid` for one that it has not. */
export async function channelIds(
  db: Kysely<Database>,
  project: ProjectRow,
  given: Body['channels'],
): Promise<'all' | number[] | null> {
  if (given === undefined) return null;
  if (given === 'all' || given.length === 0) return given === 'all' ? 'all' : [];
  const rows = await db
    .selectFrom('channels')
    .select(['id', 'code'])
    .where('project_id', '=', project.id)
    .where('code', 'in', given)
    .execute();
  const known = new Map(rows.map((row) => [row.code, row.id]));
  const missing = given.find((code) => !known.has(code));
  if (missing === undefined) return [...known.values()];
  const message = `channels holds ${missing}, which is none of the project's`;
  throw new AppError('invalid', message, { field: 'channels' });
}
