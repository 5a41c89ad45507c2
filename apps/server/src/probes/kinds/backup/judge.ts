import type { BackupFile } from './newest.ts';

export interface Demands {
  max_age_hours: number;
  min_bytes: number;
  min_percent_of_previous: number;
}

const HOUR = 3_600_000;

/** What is wrong with the newest whole backup; null = nothing. `previous` is the one before. */
export function faultOf(
  newest: BackupFile,
  previous: BackupFile | undefined,
  now: number,
  { max_age_hours, min_bytes, min_percent_of_previous }: Demands,
): string | null {
  const hours = (now - newest.changed) / HOUR;
  const { name, size } = newest;
  if (hours > max_age_hours) {
    return `the newest backup, ${name}, is ${hours.toFixed(1)} h old, more than ${max_age_hours} h`;
  }
  if (size < min_bytes) return `the newest backup, ${name}, has ${size} bytes, less than ${min_bytes}`;
  if (previous !== undefined && size * 100 < previous.size * min_percent_of_previous) {
    const percent = Math.floor((size / previous.size) * 100);
    return `the newest backup, ${name}, has ${percent} % of the size of the one before, less than ${min_percent_of_previous} %`;
  }
  return null;
}

/** Whether the file became larger since the last run saw it: it is being written, and no backup yet. */
export function isGrowing(newest: BackupFile, before: BackupFile | null): boolean {
  return before !== null && before.name === newest.name && newest.size > before.size;
}
