/** The small types that every noun shares. */
import { z } from 'zod';

/** A public identifier: a UUID in its usual form, of any version. */
export const idSchema = z
  .string()
  .regex(/^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/, 'is not a UUID in lower case')
  .meta({ format: 'uuid', description: 'Public identifier' });

/** Whether a text has control characters, which belong into no name. */
export function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

/** An instant: RFC 3339 in UTC with milliseconds. */
export const instantSchema = z.iso
  .datetime({ precision: 3 })
  .meta({ description: 'RFC 3339, UTC, milliseconds' });

/** An instant as somebody may write it: RFC 3339 in any zone, with any fraction of a second. */
export const givenInstantSchema = z.iso
  .datetime({
    offset: true,
    error: ({ code }) =>
      code === 'invalid_format' ? 'is not a time in RFC 3339, such as 2026-07-15T12:00:00Z' : undefined,
  })
  .meta({ description: 'RFC 3339' });

/** The position in a list to go on from; opaque, valid only with the same filters and order. */
export const cursorSchema = z.string().max(1000).meta({
  description: 'Where to go on: the `next` of the page before. Opaque; goes with the same filters and sort',
});

/** Seconds that may have a fraction. */
export const secondsSchema = z.number().nonnegative().meta({ description: 'Seconds' });

const UNPAIRED = 'contains an unpaired surrogate';

/** Refuses half of a surrogate pair: UTF-8 cannot say it, so that another character would be stored. */
export const wellFormed = z.refine<string>((text) => text.isWellFormed(), UNPAIRED);

/** Free text without NUL characters, which PostgreSQL cannot store. */
export function textSchema(max: number, min = 0) {
  return z
    .string()
    .min(min)
    .max(max)
    .refine((text) => !text.includes('\u0000'), 'contains a null character')
    .check(wellFormed);
}

/** Named values of any JSON, each of them well-formed however deep its texts lie. */
export function jsonRecordSchema() {
  return z.record(z.string().max(100), z.unknown()).superRefine((record, context) => {
    for (const [name, value] of Object.entries(record)) {
      if (!isWellFormedJson(value)) context.addIssue({ code: 'custom', path: [name], message: UNPAIRED });
    }
  });
}

/** Whether all texts and names in a JSON value are well-formed. */
function isWellFormedJson(value: unknown): boolean {
  let wellFormed = true;
  JSON.stringify(value, (name, part: unknown) => {
    wellFormed &&= name.isWellFormed() && (typeof part !== 'string' || part.isWellFormed());
    return part;
  });
  return wellFormed;
}

/** One line of visible text, e.g. a name: not blank. */
export function nameSchema(max: number) {
  return textSchema(max, 1).refine((text) => text.trim() !== '', 'is blank');
}

/** A whole number in a URL. */
export function integerParameter(min: number, max: number) {
  return z
    .string()
    .regex(/^\d{1,16}$/, 'is not a whole number')
    .transform(Number)
    .pipe(z.int().min(min).max(max));
}

/** A parameter that may be given several times. */
export function repeatedParameter<T extends z.ZodType<unknown, string>>(item: T, max: number) {
  return z
    .union([z.string(), z.array(z.string())], {
      error: ({ input }) => (input === undefined ? 'is missing' : undefined),
    })
    .transform((given) => (typeof given === 'string' ? [given] : given))
    .pipe(z.array(item).max(max));
}

/** Entries on a page when the caller does not say, and at most. */
export const PAGE_SIZE = { usual: 100, most: 500 } as const;

/** The parameters that every list takes. */
export const pageParameters = {
  cursor: cursorSchema.optional(),
  limit: integerParameter(1, PAGE_SIZE.most)
    .optional()
    .meta({ description: `Entries on a page, ${PAGE_SIZE.usual} unless given` }),
};

/** One page of a list: `next` is null at its end. A page may be short, even empty, and still have a next. */
export function pageSchema<T extends z.ZodType>(item: T) {
  return z.object({ items: z.array(item), next: cursorSchema.nullable() });
}

/** A page, as a type. */
export interface Page<T> {
  items: T[];
  next: string | null;
}
