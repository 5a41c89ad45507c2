import { isValidExpression } from '@vigie/schedule';

/** What is wrong with a value. `item`: with an item of it, not with the whole. */
export class Complaint extends Error {
  readonly item: boolean;

  constructor(message: string, item = false) {
    super(message);
    this.item = item;
  }
}

/** Reads one field strictly: nothing is coerced, and null is no value. @throws Complaint */
export type Rule<T> = (value: unknown) => T;

export function text(longest = Number.POSITIVE_INFINITY): Rule<string> {
  return (value) => {
    if (typeof value !== 'string') throw new Complaint('is not a string');
    if (longer(value, longest)) throw new Complaint('is too long');
    // Neither engine's text can hold these two faithfully.
    if (value.includes('\0')) throw new Complaint('contains a null character');
    if (!value.isWellFormed()) throw new Complaint('contains an unpaired surrogate');
    return value;
  };
}

/** In characters; those beyond the basic plane take two units of a JavaScript string. */
function longer(value: string, longest: number): boolean {
  if (value.length <= longest) return false;
  return value.length > 2 * longest || [...value].length > longest;
}

export function matching(pattern: RegExp, complaint: string, longest?: number): Rule<string> {
  const read = text(longest);
  return (value) => {
    const string = read(value);
    if (!pattern.test(string)) throw new Complaint(complaint);
    return string;
  };
}

/** A string that `canonical` knows, in its canonical form. */
export function known(canonical: (value: string) => string | null, complaint: string): Rule<string> {
  const read = text();
  return (value) => {
    const found = canonical(read(value));
    if (found === null) throw new Complaint(complaint);
    return found;
  };
}

/** A cron or OnCalendar expression, as it was written. */
export function expression(longest: number): Rule<string> {
  const read = text(longest);
  return (value) => {
    const string = read(value);
    if (!isValidExpression(string)) throw new Complaint('is not a valid cron or OnCalendar expression');
    return string;
  };
}

/** A whole number; NaN stands for a number that was not written as one. */
export function integer(least: number, most: number): Rule<number> {
  return (value) => {
    if (typeof value !== 'number' || Number.isNaN(value)) throw new Complaint('is not a number');
    if (value > most) throw new Complaint('is too large');
    if (value < least) throw new Complaint('is too small');
    if (!Number.isInteger(value)) throw new Complaint('is not a number');
    return value;
  };
}

export const boolean: Rule<boolean> = (value) => {
  if (typeof value !== 'boolean') throw new Complaint('is not a boolean');
  return value;
};

export function choice<const T extends string>(...choices: readonly T[]): Rule<T> {
  return (value) => {
    const found = choices.find((one) => one === value);
    if (found === undefined) throw new Complaint('has unexpected value');
    return found;
  };
}

/** An array of choices. */
export function listOf<const T extends string>(...choices: readonly T[]): Rule<T[]> {
  const item = choice(...choices);
  return (value) => {
    if (!Array.isArray(value)) throw new Complaint('is not an array');
    return value.map((one) => {
      try {
        return item(one);
      } catch (error) {
        throw error instanceof Complaint ? new Complaint(error.message, true) : error;
      }
    });
  };
}
