import { canonicalTimeZone, isValidExpression, parseSchedule, ScheduleError } from '@vigie/schedule';

/** What somebody wrote into the first field, understood. */
export type Understood =
  | { kind: 'nothing' }
  | {
      kind: 'line';
      /** Five fields of cron, or OnCalendar. */
      expression: string;
      /** As the line itself says; null = it does not. */
      timeZone: string | null;
      /** The line as it stands in the crontab, when it has a command. */
      line: string | null;
      name: string;
      /** Further lines, which each want a check of their own. */
      others: number;
    }
  | { kind: 'url'; url: string; name: string }
  | { kind: 'name'; name: string }
  | { kind: 'wrong'; reason: string; problem: 'schedule' | 'zone' | 'reboot' | 'url' };

type Line = Extract<Understood, { kind: 'line' | 'wrong' }>;

/** The shorthands of cron, in five fields. */
const SHORTHANDS: Readonly<Record<string, string>> = {
  '@hourly': '0 * * * *',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@weekly': '0 0 * * 0',
  '@monthly': '0 0 1 * *',
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
};

const ZONE = /^(?:CRON_TZ|TZ)\s*=\s*["']?([^\s"']+)["']?\s*/;
const SETTING = /^[A-Za-z_]\w*\s*=/;
/** Longest name of a check. */
const LONGEST_NAME = 100;

/** Reads a crontab line or several, a schedule, a URL or a name. Never throws: what is wrong is said. */
export function understand(text: string): Understood {
  const lines = text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
  const [first] = lines;
  if (first === undefined) return { kind: 'nothing' };
  if (lines.length === 1 && /^https?:\/\//i.test(first)) return readUrl(first);
  return readCrontab(lines) ?? readCalendar(lines) ?? { kind: 'name', name: first.slice(0, LONGEST_NAME) };
}

function readUrl(url: string): Understood {
  if (!URL.canParse(url)) return { kind: 'wrong', problem: 'url', reason: url };
  const { host, pathname } = new URL(url);
  return { kind: 'url', url, name: `${host}${pathname === '/' ? '' : pathname}`.slice(0, LONGEST_NAME) };
}

/** Null: this is no crontab. */
function readCrontab(lines: readonly string[]): Line | null {
  let timeZone: string | null = null;
  const jobs: string[] = [];
  for (const line of lines) {
    const [prefix = '', zone] = ZONE.exec(line) ?? [];
    const rest = line.slice(prefix.length);
    if (zone !== undefined && jobs.length === 0) timeZone = zone;
    if (rest !== '' && !SETTING.test(rest)) jobs.push(rest);
  }
  const [job] = jobs;
  if (job === undefined || !looksLikeCron(job)) return null;
  if (timeZone !== null && canonicalTimeZone(timeZone) === null) {
    return { kind: 'wrong', problem: 'zone', reason: timeZone };
  }
  const zone = timeZone === null ? null : canonicalTimeZone(timeZone);
  return readJob(job, zone, jobs.length - 1);
}

function looksLikeCron(job: string): boolean {
  return /^@[a-z]+(?:\s|$)/.test(job) || /^[\d*]\S*\s+[\d*]\S*\s+\S+\s+\S+\s+\S+/.test(job);
}

function readJob(job: string, timeZone: string | null, others: number): Line {
  const [shorthand = ''] = /^@\S+/.exec(job) ?? [];
  if (shorthand === '@reboot') return { kind: 'wrong', problem: 'reboot', reason: '' };
  const [five = job] = /^(?:\S+\s+){4}\S+/.exec(job) ?? [];
  const written = shorthand === '' ? five : shorthand;
  const expression = SHORTHANDS[shorthand] ?? written.replace(/\s+/g, ' ');
  try {
    parseSchedule(expression, 'UTC');
  } catch (error) {
    if (!(error instanceof ScheduleError)) throw error;
    return { kind: 'wrong', problem: 'schedule', reason: error.message };
  }
  const command = job.slice(written.length).trim();
  return {
    kind: 'line',
    expression,
    timeZone,
    line: command === '' ? null : job,
    name: nameOf(command),
    others,
  };
}

/** A schedule of systemd's. A word alone, e.g. `daily`, is rather a name. */
function readCalendar(lines: readonly string[]): Line | null {
  const expression = lines.join('\n');
  if (!/[:*]/.test(expression) || !isValidExpression(expression)) return null;
  return { kind: 'line', expression, timeZone: null, line: null, name: '', others: 0 };
}

/** Words before the program that does the work. */
const WRAPPERS = new Set([
  'env',
  'exec',
  'flock',
  'ionice',
  'nice',
  'nohup',
  'sudo',
  'time',
  'timeout',
  // The user's column of /etc/crontab.
  'root',
  'www-data',
  'postgres',
  'nobody',
]);
const INTERPRETERS = /^(?:bash|dash|node|perl|php|python|ruby|sh|zsh)[\d.]*$/;

/** What to call a check of this command: its program's name, without folder and ending. */
function nameOf(command: string): string {
  const work = command.split(/&&|;|\|\|?/).find((part) => !/^\s*cd\s/.test(part)) ?? command;
  for (const word of work.trim().split(/\s+/)) {
    const base = word.replace(/^["'(]+|["')]+$/g, '').replace(/^.*\//, '');
    const skipped = word.startsWith('-') || word.includes('=') || /^[\d.]+[smh]?$/.test(base);
    if (base === '' || skipped || WRAPPERS.has(base) || INTERPRETERS.test(base) || base.endsWith('.lock')) {
      continue;
    }
    return base.replace(/\.(?:bash|js|mjs|php|pl|py|rb|sh|ts)$/, '').slice(0, LONGEST_NAME);
  }
  return '';
}

/** The name as part of an address: a-z, 0-9 and hyphens. */
export function slugOf(name: string): string {
  return name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '')
    .slice(0, LONGEST_NAME);
}
