/** Checks for the lines of a crontab. */
import { ScheduleError } from '@vigie/schedule';
import { commandName, wiredCommand } from './command-name.ts';
import { graceOf, type Proposals, type ProposedCheck, reportsAlready, scheduleFrom } from './proposal.ts';

export interface CrontabOptions {
  /** The file's name, for people. */
  source: string;
  /** Whether a user stands before the command, as in /etc/crontab. */
  withUser: boolean;
  /** Of the machine. */
  timeZone: string;
  /** Epoch ms. */
  now: number;
}

const MACROS: Readonly<Record<string, string>> = {
  yearly: '0 0 1 1 *',
  annually: '0 0 1 1 *',
  monthly: '0 0 1 * *',
  weekly: '0 0 * * 0',
  daily: '0 0 * * *',
  midnight: '0 0 * * *',
  hourly: '0 * * * *',
};

interface Line {
  /** As written. */
  when: string;
  user: string;
  command: string;
}

/** A check for each line that runs something again and again. */
export function readCrontab(text: string, options: CrontabOptions): Proposals {
  const found: Proposals = { checks: [], services: [], skipped: [] };
  let { timeZone } = options;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.trim();
    const source = `${options.source}:${index + 1}`;
    const variable = /^([A-Za-z_]\w*|"\w+"|'\w+')\s*=\s*(.*)$/.exec(line);
    if (line === '' || line.startsWith('#')) continue;
    if (variable !== null) {
      if (variable[1] === 'CRON_TZ') timeZone = variable[2]?.replace(/^['"]|['"]$/g, '') || options.timeZone;
      continue;
    }
    const outcome = proposed(line, { ...options, source, timeZone });
    if (typeof outcome === 'string') found.skipped.push({ source, reason: outcome });
    else found.checks.push(outcome);
  }
  return found;
}

/** The check for a line, or why there is none. */
function proposed(line: string, options: CrontabOptions): ProposedCheck | string {
  const parts = partsOf(line, options.withUser);
  if (parts === null) return 'it is no line of a crontab';
  const { when, user, command } = parts;
  if (when === '@reboot') return 'it runs once after each start of the machine: nothing is late';
  if (reportsAlready(command)) return 'it reports to a check already';
  const expression = when.startsWith('@') ? MACROS[when.slice(1)] : when;
  if (expression === undefined) return `cron knows no ${when}`;
  try {
    const schedule = scheduleFrom(expression, options.timeZone);
    const name = commandName(command) || 'cron-job';
    return {
      name,
      source: options.source,
      schedule: expression,
      time_zone: options.timeZone,
      grace: graceOf(schedule, options.now),
      tags: ['cron'],
      // Without the command, which may hold a password.
      description: `Found in ${options.source}`,
      wiring: [when, ...(user === '' ? [] : [user]), wiredCommand(name, command)].join(' '),
    };
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}

function partsOf(line: string, withUser: boolean): Line | null {
  const pattern = /^(@\w+|(?:\S+\s+){4}\S+)\s+(.*)$/;
  const [, when, rest = ''] = pattern.exec(line) ?? [];
  if (when === undefined) return null;
  const [, user = '', command = rest] = withUser ? (/^(\S+)\s+(.*)$/.exec(rest) ?? []) : [];
  if (withUser && user === '') return null;
  return { when: when.replace(/\s+/g, ' '), user, command };
}
