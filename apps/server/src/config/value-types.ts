import { z } from 'zod';

/** What a setting may hold: read from text (environment, flag) or from a YAML value. */
export interface ValueType<T> {
  /** What is accepted, in words that follow "must be". */
  readonly accepts: string;
  /** True for a flag that may stand alone, meaning true. */
  readonly isSwitch: boolean;
  /** Text as the schema's input; text it cannot read is returned as it is, for the schema to refuse. */
  readonly fromText: (text: string) => unknown;
  readonly schema: z.ZodType<T>;
}

export type Parsed<T> = { ok: true; value: T } | { ok: false; reason: string };

/** Checks a given value. The reason tells what was expected, and never repeats the whole value. */
export function parseValue<T>(type: ValueType<T>, given: unknown): Parsed<T> {
  const check = (input: unknown) => type.schema.safeParse(input, { error: () => `must be ${type.accepts}` });
  const result = check(typeof given === 'string' ? type.fromText(given) : given);
  if (result.success) return { ok: true, value: result.data };
  const reason = result.error.issues[0]?.message ?? `must be ${type.accepts}`;
  // YAML reads an unquoted 2024 or true as no text.
  const isTextUnquoted = ['number', 'boolean'].includes(typeof given) && check(String(given)).success;
  return { ok: false, reason: isTextUnquoted ? `${reason}: put it in quotes` : reason };
}

const CONTROL_CHARACTER = /\p{Cc}/u;

/** Text of `shortest` to `longest` characters on one line: it may end up in a mail header. */
export function text(longest: number, shortest = 1): ValueType<string> {
  const accepts =
    shortest === 1 ? `text of at most ${longest} characters` : `text of ${shortest} to ${longest} characters`;
  const schema = z
    .string()
    .min(shortest)
    .max(longest)
    .refine((value) => !CONTROL_CHARACTER.test(value), { error: 'must not hold control characters' });
  return { accepts, isSwitch: false, fromText: (given) => given, schema };
}

/** Text that matches a pattern as a whole. */
export function matching(pattern: RegExp, accepts: string): ValueType<string> {
  return { accepts, isSwitch: false, fromText: (given) => given.trim(), schema: z.string().regex(pattern) };
}

/** A whole number of a closed range. */
export function integer(least: number, most: number): ValueType<number> {
  return {
    accepts: `a whole number from ${least} to ${most}`,
    isSwitch: false,
    fromText: (given) => (/^-?\d{1,15}$/.test(given.trim()) ? Number(given) : given),
    schema: z.int().min(least).max(most),
  };
}

const TRUE_WORDS = new Set(['true', '1', 'yes', 'on']);
const FALSE_WORDS = new Set(['false', '0', 'no', 'off']);

/** True and false under the names that environment files use, in any case. */
export const boolean: ValueType<boolean> = {
  accepts: 'true or false (or yes, no, on, off, 1, 0)',
  isSwitch: true,
  fromText: (given) => {
    const word = given.trim().toLowerCase();
    if (TRUE_WORDS.has(word)) return true;
    return FALSE_WORDS.has(word) ? false : given;
  },
  schema: z.boolean(),
};

/** One of a few words, in any case. */
export function choice<const T extends string>(words: readonly T[]): ValueType<T> {
  return {
    accepts: `one of ${words.join(', ')}`,
    isSwitch: false,
    fromText: (given) => given.trim().toLowerCase(),
    schema: z.enum(words),
  };
}

/** Another type, or a word that stands for null. */
export function orNull<T>(type: ValueType<T>, word: string): ValueType<T | null> {
  return {
    accepts: `${type.accepts}, or ${word}`,
    isSwitch: false,
    fromText: (given) => (given.trim().toLowerCase() === word ? word : type.fromText(given)),
    schema: z.union([z.literal(word).transform(() => null), type.schema]),
  };
}

/** A list, in text separated by commas. `items` may turn one item into several. */
export function list(item: z.ZodType<string[]>, accepts: string): ValueType<string[]> {
  return {
    accepts: `a list of ${accepts}`,
    isSwitch: false,
    fromText: (given) =>
      given
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== ''),
    schema: z.array(item).transform((items) => items.flat()),
  };
}

/**
 * Text turned into something else by `read`, which returns undefined for what it refuses; `hint` ends what is then
 * said with what may have been meant.
 */
export function readAs<T>(
  read: (given: string) => T | undefined,
  accepts: string,
  hint: (given: string) => string = () => '',
): ValueType<T> {
  const schema = z.string().transform((given, context): T => {
    const value = read(given);
    if (value !== undefined) return value;
    context.addIssue({ code: 'custom', message: `must be ${accepts}${hint(given)}` });
    return z.NEVER;
  });
  return { accepts, isSwitch: false, fromText: (given) => given.trim(), schema };
}
