/** What is proposed to be watched, and what is not, with the reason. */
import { next, parseSchedule, type Schedule } from '@vigie/schedule';

/** A check, as `checks:` of vigie.yml has it. */
export interface ProposedCheck {
  name: string;
  /** Where it was found: a file and a line, or a unit. */
  source: string;
  /** Either this, with a zone, or a timeout. */
  schedule?: string;
  time_zone?: string;
  /** Seconds. */
  timeout?: number;
  /** Seconds. */
  grace: number;
  tags: string[];
  description: string;
  /** What its line becomes, so that it reports; null where that is for a person to find. */
  wiring: string | null;
}

/** A service, as `services:` of vigie.yml has it. */
export interface ProposedService {
  name: string;
  source: string;
  kind: string;
  settings: Record<string, string | number | string[]>;
  tier: number;
  /** Seconds. */
  interval: number;
  timeout: number;
  /** What has to be seen to by hand. */
  notes: string[];
}

/** What was found and is not proposed. */
export interface Skipped {
  source: string;
  reason: string;
}

export interface Proposals {
  checks: ProposedCheck[];
  services: ProposedService[];
  skipped: Skipped[];
}

/** Seconds of patience: a third of the time between two runs, within these bounds. */
const LEAST_GRACE = 60;
const MOST_GRACE = 3_600;
/** Runs whose distances are looked at. */
const LOOK_AHEAD = 5;

/**
 * Seconds of patience with a schedule, `delay` of them for what may start it late.
 * @throws ScheduleError where the schedule is not valid; `now`: epoch ms.
 */
export function graceOf(schedule: Schedule, now: number, delay = 0): number {
  return (
    Math.min(Math.max(Math.round(periodOf(schedule, now) / 3), LEAST_GRACE), MOST_GRACE) + Math.round(delay)
  );
}

/** Seconds between two runs, where they are nearest to one another. */
function periodOf(schedule: Schedule, now: number): number {
  let shortest = Number.POSITIVE_INFINITY;
  let last = next(schedule, now);
  for (let i = 0; i < LOOK_AHEAD && last !== null; i += 1) {
    const following = next(schedule, last);
    if (following !== null) shortest = Math.min(shortest, (following - last) / 1000);
    last = following;
  }
  return shortest;
}

/** A cron or OnCalendar expression. @throws ScheduleError */
export function scheduleFrom(expression: string, timeZone: string): Schedule {
  return parseSchedule(expression, timeZone);
}

/** Gives each name once: `backup`, `backup-2`. */
export function withOwnNames<T extends { name: string }>(items: readonly T[]): T[] {
  const taken = new Set<string>();
  return items.map((item) => {
    let name = item.name;
    for (let i = 2; taken.has(name); i += 1) name = `${item.name}-${i}`;
    taken.add(name);
    return { ...item, name };
  });
}

/** A name that is a slug too: `Nightly Backup.sh` gives `nightly-backup`. */
export function slugOf(text: string): string {
  return text
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 90);
}

/** Whether a command reports to a check already. */
export function reportsAlready(command: string): boolean {
  return /\bvigie (exec|ping)\b|hc-ping\.com|\/ping\/[A-Za-z0-9_-]{8,}/.test(command);
}
