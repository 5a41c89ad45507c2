import { AppError } from '../../errors.ts';
import { LONGEST_TTL } from '../../metrics/push/limits.ts';

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 };

/** `90s`, `1h`, `7d` as milliseconds; null where nothing is said. @throws AppError `invalid` */
export function readTtl(text: string | null): number | null {
  if (text === null) return null;
  const [, count = '', unit = ''] = /^(\d{1,9})([smhdw])$/.exec(text) ?? [];
  const ttl = Number(count) * (UNITS[unit] ?? 0);
  if (ttl > 0 && ttl <= LONGEST_TTL) return ttl;
  throw new AppError('invalid', 'ttl is no duration such as 1h or 7d (units s, m, h, d, w; at most 400d)');
}
