/** Labels of any name: the library that reads input leaves a field `__proto__` out, and two alerts would be one. */
import type { Labels } from './model.ts';

const PROTO = '__proto__';
/** Its name while it is read; of the private use area, so that no label is called so by chance. */
const ALIAS = `${PROTO}\ue000`;
/** Fields of a posted alert that hold named texts. */
const SETS = ['labels', 'annotations'];

/** What was given, with such names as the library reads. */
export function readable(given: unknown): unknown {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) return given;
  const fields = Object.entries(given).map(([field, value]: [string, unknown]) => [
    field,
    SETS.includes(field) ? renamed(value, PROTO, ALIAS) : value,
  ]);
  return Object.fromEntries(fields);
}

/** A set as it was read, with its own names. */
export function asGiven(set: Labels): Labels {
  return Object.hasOwn(set, ALIAS) ? (renamed(set, ALIAS, PROTO) as Labels) : set;
}

/** A text about what was read, with the names that were given. */
export function withGivenNames(text: string): string {
  return text.replaceAll(ALIAS, PROTO);
}

function renamed(set: unknown, from: string, to: string): unknown {
  if (typeof set !== 'object' || set === null || !Object.hasOwn(set, from)) return set;
  return Object.fromEntries(Object.entries(set).map(([name, value]) => [name === from ? to : name, value]));
}
