import type { Case, Json } from './case.ts';

/** Names and what they stand for. */
export type Names = Record<string, Json>;

/**
 * Puts values in the place of `${name}` everywhere in plain data. A string that is nothing but one name becomes
 * the value itself, whatever its type. Unknown names stay for a later round.
 */
export function substitute<T>(value: T, names: Names): T {
  return replaced(value, names) as T;
}

function replaced(value: unknown, names: Names): unknown {
  if (typeof value === 'string') return inText(value, names);
  if (Array.isArray(value)) return value.map((item) => replaced(item, names));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [String(inText(key, names)), replaced(item, names)]),
  );
}

function inText(text: string, names: Names): Json {
  const whole = /^\$\{([^}]+)\}$/.exec(text)?.[1];
  if (whole !== undefined && Object.hasOwn(names, whole)) return names[whole] ?? null;
  return text.replace(/\$\{([^}]+)\}/g, (found, name: string) => {
    if (!Object.hasOwn(names, name)) return found;
    const value = names[name];
    return typeof value === 'string' ? value : JSON.stringify(value);
  });
}

/** One case for each row of `each`. */
export function expand(one: Case): Case[] {
  if (one.each === undefined) return [one];
  const { each, ...rest } = one;
  return each.map((row) => substitute(rest, row));
}
