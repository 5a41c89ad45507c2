/** Checks for systemd timers. */
import { ScheduleError } from '@vigie/schedule';
import { graceOf, type ProposedCheck, reportsAlready, scheduleFrom, slugOf } from './proposal.ts';
import { spanSeconds } from './systemd-span.ts';

export interface TimerUnit {
  /** `backup.timer` */
  name: string;
  /** Its file, and after it each file of its `.d` folder. */
  texts: readonly string[];
  /** The same of the service that it starts; null where there is none. */
  serviceTexts(name: string): readonly string[] | null;
}

/** Seconds by which systemd may delay a timer unless told. */
const ACCURACY = 60;
/** Characters of a schedule that a check takes. */
const LONGEST_SCHEDULE = 100;
/** Seconds of a period that a check takes. */
const PERIOD = { least: 5, most: 31_536_000 };

/** Values by `Section.Key`, in order; an empty one takes back those before it. */
type Values = ReadonlyMap<string, readonly string[]>;

/** The check for a timer, or why there is none. `now`: epoch ms. */
export function readTimer(unit: TimerUnit, timeZone: string, now: number): ProposedCheck | string {
  const timer = valuesOf(unit.texts);
  const all = (key: string): readonly string[] => timer.get(`Timer.${key}`) ?? [];
  const serviceName = all('Unit').at(-1) ?? unit.name.replace(/\.timer$/, '.service');
  const serviceTexts = unit.serviceTexts(serviceName);
  const starts = serviceTexts === null ? [] : (valuesOf(serviceTexts).get('Service.ExecStart') ?? []);
  if (starts.some(reportsAlready)) return 'its service reports to a check already';
  const delay = spanOr(all('RandomizedDelaySec').at(-1), 0) + spanOr(all('AccuracySec').at(-1), ACCURACY);
  const name = slugOf(unit.name.replace(/\.timer$/, ''));
  const [start] = starts;
  const common = {
    name,
    source: unit.name,
    tags: ['systemd'],
    description: timer.get('Unit.Description')?.at(-1) ?? serviceName,
    wiring:
      start === undefined || starts.length > 1
        ? null
        : `systemctl edit ${serviceName}: [Service] ExecStart= ExecStart=vigie exec --check ${name} -- ${start.replace(/^[-@:+!|]+/, '')}`,
  };
  const calendars = all('OnCalendar');
  if (calendars.length > 0) return byCalendar(calendars, common, { timeZone, now, delay });
  return byPeriod([...all('OnUnitActiveSec'), ...all('OnUnitInactiveSec')], common, delay);
}

type Common = Pick<ProposedCheck, 'name' | 'source' | 'tags' | 'description' | 'wiring'>;

function byCalendar(
  calendars: readonly string[],
  common: Common,
  { timeZone, now, delay }: { timeZone: string; now: number; delay: number },
): ProposedCheck | string {
  const schedule = calendars.join('\n');
  if (schedule.length > LONGEST_SCHEDULE) return `its calendar is longer than ${LONGEST_SCHEDULE} characters`;
  try {
    const grace = graceOf(scheduleFrom(schedule, timeZone), now, delay);
    return { ...common, schedule, time_zone: timeZone, grace };
  } catch (error) {
    if (error instanceof ScheduleError) return error.message;
    throw error;
  }
}

function byPeriod(spans: readonly string[], common: Common, delay: number): ProposedCheck | string {
  const periods = spans.map(spanSeconds).filter((seconds) => seconds !== null);
  if (periods.length === 0) return 'it does not run again and again';
  const timeout = Math.max(Math.round(Math.min(...periods)), PERIOD.least);
  if (timeout > PERIOD.most) return 'its period is longer than a year';
  return { ...common, timeout, grace: graceOf({ kind: 'simple', timeout }, 0, delay) };
}

function spanOr(text: string | undefined, instead: number): number {
  return text === undefined ? instead : (spanSeconds(text) ?? instead);
}

function valuesOf(texts: readonly string[]): Values {
  const values = new Map<string, string[]>();
  for (const text of texts) {
    let section = '';
    for (const raw of text.replace(/\\\r?\n/g, ' ').split(/\r?\n/)) {
      const line = raw.trim();
      if (line === '' || line.startsWith('#') || line.startsWith(';')) continue;
      section = /^\[(.+)\]$/.exec(line)?.[1] ?? section;
      const [, key, value] = /^([A-Za-z]+)\s*=\s*(.*)$/.exec(line) ?? [];
      if (key === undefined || value === undefined) continue;
      const name = `${section}.${key}`;
      values.set(name, value === '' ? [] : [...(values.get(name) ?? []), value]);
    }
  }
  return values;
}
