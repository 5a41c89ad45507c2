/**
 * The wait that a Retry-After header asks for, in milliseconds; null = none that can be read.
 * Seconds or an HTTP date (RFC 9110 section 10.2.3); a date in the past means no wait.
 */
export function parseRetryAfter(header: string | undefined, now: number): number | null {
  const text = header?.trim() ?? '';
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  // Only the day-name forms are dates of HTTP; Date.parse alone would take almost anything.
  if (!/^(Mon|Tue|Wed|Thu|Fri|Sat|Sun)[a-z]*,? /.test(text)) return null;
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.max(0, at - now);
}
