/** Sets of HTTP statuses as settings say them: `200-299, 304, 4xx`. */
import { z } from 'zod';

const PART = /^(?:([1-5]\d\d)(?:-([1-5]\d\d))?|([1-5])xx)$/;

type Range = readonly [from: number, to: number];

export function isInSet(status: number, set: string): boolean {
  return rangesOf(set).some((range) => range !== null && status >= range[0] && status <= range[1]);
}

export function statusSet() {
  return z
    .string()
    .max(200)
    .refine((text) => rangesOf(text).every((range) => range !== null && range[0] <= range[1]), {
      error: 'must be statuses such as 200-299, 304, 4xx',
    });
}

/** Null for what is no range. */
function rangesOf(set: string): (Range | null)[] {
  return set.split(',').map((part) => {
    const [, from, to = from, hundreds] = PART.exec(part.trim()) ?? [];
    if (hundreds !== undefined) return [Number(hundreds) * 100, Number(hundreds) * 100 + 99];
    return from === undefined ? null : [Number(from), Number(to)];
  });
}
