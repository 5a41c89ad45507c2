/** Checks as the commands find them and show them. */
import type { Check, CheckPage } from '@vigie/contract';
import { UsageError } from '../command.ts';
import { ClientError } from './client.ts';
import { type ActionCall, queryOf } from './client-command.ts';
import { isUuid } from './ping-address.ts';
import { timeText } from './words.ts';

/** Checks of one page. */
const PAGE = '500';
/** What a read-only key sees in place of the UUID. */
const UNIQUE_KEY = /^[0-9a-f]{40}$/;

/** All checks that match, whatever their number. */
export async function allChecks(
  call: ActionCall,
  filters: Record<string, string | readonly string[] | undefined>,
): Promise<Check[]> {
  const checks: Check[] = [];
  for (let cursor: string | undefined; ; ) {
    const query = queryOf(call, { ...filters, limit: PAGE, cursor });
    const page = await call.client.call<CheckPage>('GET', `/checks${query}`);
    checks.push(...page.items);
    if (page.next === null) return checks;
    cursor = page.next;
  }
}

/** The id of the check that somebody names by id or slug. @throws ClientError where there is none, or several. */
export async function checkId(call: ActionCall, name: string): Promise<string> {
  if (isUuid(name)) return name.toLowerCase();
  if (UNIQUE_KEY.test(name)) return name;
  if (!/^[a-z0-9_-]{1,100}$/.test(name)) throw new UsageError(`neither an id nor a slug: ${name}`);
  const [check, second] = await allChecks(call, { slug: name });
  if (check === undefined) throw new ClientError(`no check has the slug ${name}`);
  if (second !== undefined) throw new ClientError(`several checks have the slug ${name}: name one by its id`);
  return check.id;
}

/** `every 5m`, `0 2 * * * (Europe/Paris)`. */
export function scheduleText({ timeout, schedule, time_zone: zone }: Check): string {
  if (schedule === null) return `every ${secondsText(timeout ?? 0)}`;
  const line = schedule.replaceAll('\n', '; ');
  return zone === null || zone === 'UTC' ? line : `${line} (${zone})`;
}

const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['m', 60],
  ['s', 1],
] as const;

/** `1h30m` of 5400 seconds. */
export function secondsText(seconds: number): string {
  let left = seconds;
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return count === 0 ? '' : `${count}${unit}`;
  });
  return parts.join('') || '0s';
}

/** `late` for grace, and whether a run is in progress. */
export function statusText({ status, started }: Check): string {
  const word = status === 'grace' ? 'late' : status;
  return started ? `${word}, running` : word;
}

/** A check's name, or its id where it has none. */
export function nameText({ name, id }: Check): string {
  return name === '' ? id : name;
}

/** `never` for null. */
export function lastText(instant: string | null): string {
  return instant === null ? 'never' : timeText(instant);
}
