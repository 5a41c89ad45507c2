/** What people type and read on the command line: matchers, durations, times, tables. */
import type { Matcher } from '@vigie/contract';
import { UsageError } from '../command.ts';

const MATCHER = /^\s*([^\s=!~"{}]+)\s*(=~|!~|!=|=)\s*(.*?)\s*$/s;

/** `severity=critical`, `check!="a b"`, `instance=~"web.*"`. @throws UsageError */
export function matcherFrom(text: string): Matcher {
  const [, name, operator, given] = MATCHER.exec(text) ?? [];
  if (name === undefined || operator === undefined || given === undefined) {
    throw new UsageError(`not a matcher: ${text}; one looks like severity=critical or check=~"web.*"`);
  }
  return { name, value: unquoted(given), isRegex: operator.includes('~'), isEqual: operator.startsWith('=') };
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  try {
    return JSON.parse(text) as string;
  } catch {
    throw new UsageError(`not a quoted text: ${text}`);
  }
}

export function matcherText({ name, value, isRegex, isEqual }: Matcher): string {
  const operator = isRegex ? (isEqual ? '=~' : '!~') : isEqual ? '=' : '!=';
  return `${name}${operator}${JSON.stringify(value)}`;
}

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** Milliseconds of `90s`, `30m`, `1h30m`, `2d`. @throws UsageError */
export function durationFrom(text: string): number {
  const parts = [...text.matchAll(/(\d+)([smhdw])/g)];
  const whole = parts.map(([part]) => part).join('');
  if (whole === '' || whole !== text)
    throw new UsageError(`not a duration: ${text}; one looks like 30m or 1h30m`);
  return parts.reduce((sum, [, count, unit]) => sum + Number(count) * (UNITS[unit ?? ''] ?? 0), 0);
}

/** An instant as RFC 3339, or how long ago: `2026-07-15T12:00:00Z`, `2h`. @throws UsageError */
export function instantFrom(text: string, now: number): string {
  if (/^(\d+[smhdw])+$/.test(text)) return new Date(now - durationFrom(text)).toISOString();
  const at = Date.parse(text);
  if (Number.isNaN(at))
    throw new UsageError(`not a time: ${text}; one looks like 2026-07-15T12:00:00Z or 2h`);
  return new Date(at).toISOString();
}

/** `1 alert`, `2 alerts`. */
export function countText(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `2026-07-15 12:00:00Z` */
export function timeText(instant: string): string {
  return instant.replace('T', ' ').replace(/\.\d+Z$/, 'Z');
}

/** Columns as wide as their widest cell, the last one as it comes. */
export function tableText(rows: readonly (readonly string[])[]): string {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
        .join('  '),
    )
    .join('\n');
}
