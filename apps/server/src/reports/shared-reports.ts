import type { Clock } from '../clock.ts';
import type { Report, ReportInput } from './read-report.ts';

/** Milliseconds for which a report is good for its next reader: what is down now may be as old. */
const FRESH = 60_000;
/** Reports that are kept. */
const KEPT = 4;

export type Read = (input: ReportInput) => Promise<Report>;

/**
 * Reads a report once for all its readers: the members of a project get the same one within minutes, and that of ten
 * thousand checks takes most of a second of the thread that takes pings.
 */
export function sharedReports(read: Read, clock: Pick<Clock, 'monotonic'>): Read {
  const kept = new Map<string, { at: number; report: Promise<Report> }>();
  return (input) => {
    const { project, period, range, zone } = input;
    const key = JSON.stringify([project.id, project.name, period, range.from, range.until, zone]);
    const now = clock.monotonic();
    const known = kept.get(key);
    if (known !== undefined && now - known.at < FRESH) return known.report;
    const report = read(input);
    kept.delete(key);
    kept.set(key, { at: now, report });
    const [oldest] = kept.keys();
    if (kept.size > KEPT && oldest !== undefined) kept.delete(oldest);
    // One that failed is read again for the next reader, and whoever waits for it is told.
    report.catch(() => kept.get(key)?.report === report && kept.delete(key));
    return report;
  };
}
