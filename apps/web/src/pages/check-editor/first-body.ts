import type { CheckCreate } from '@vigie/contract';
import { parseSchedule } from '@vigie/schedule';
import { sensibleGrace } from './sensible-grace.ts';
import { slugOf, type Understood } from './understand.ts';

type Found = Exclude<Understood, { kind: 'nothing' | 'wrong' }>;

/** Seconds between two looks at a URL. */
const URL_PERIOD = 300;

interface Said {
  name: string;
  timeZone: string;
  /** Epoch milliseconds. */
  now: number;
}

/** The check that is made of what was understood. */
export function firstBody(found: Found, { name, timeZone, now }: Said): CheckCreate {
  const slug = slugOf(name);
  const names = { name, ...(slug === '' ? {} : { slug }) };
  if (found.kind === 'name') return names;
  if (found.kind === 'url') {
    return { ...names, description: found.url, timeout: URL_PERIOD, grace: URL_PERIOD };
  }
  const schedule = parseSchedule(found.expression, timeZone);
  return {
    ...names,
    schedule: found.expression,
    time_zone: timeZone,
    grace: sensibleGrace(schedule, now),
  };
}

/** The line of a crontab that is to ping; of a URL, one that asks it. */
export function lineOf(found: Found): string | null {
  if (found.kind === 'line') return found.line;
  if (found.kind === 'name') return null;
  return `*/${URL_PERIOD / 60} * * * * curl -fsS -m 10 -o /dev/null ${quoted(found.url)}`;
}

/** For a crontab: the shell takes nothing in it for its own, cron takes no `%` for the end of the command. */
function quoted(url: string): string {
  return `'${url.replaceAll("'", '%27').replaceAll('%', '\\%')}'`;
}
