import type { PushedType } from './model.ts';

/** What a histogram or a summary adds to its name. */
const SUFFIXES: Partial<Record<PushedType, readonly string[]>> = {
  histogram: ['_bucket', '_count', '_sum'],
  summary: ['_count', '_sum'],
};

/** The names under which series of a family stand, beside its own. */
export function derivedNames(name: string, type: PushedType): string[] {
  return (SUFFIXES[type] ?? []).map((suffix) => name + suffix);
}

/** The families that could have series of this name, beside the one that is called so. */
export function possibleFamilies(name: string): string[] {
  return ['_bucket', '_count', '_sum'].flatMap((suffix) =>
    name.endsWith(suffix) ? [name.slice(0, -suffix.length)] : [],
  );
}

/** A family by its name and type. */
export interface NamedType {
  name: string;
  type: PushedType;
}

/** Why two families cannot stand beside one another; null = they can. `there` says where the second one is. */
export function collisionOf(one: NamedType, other: NamedType, there: string): string | null {
  if (one.name === other.name) {
    if (one.type === other.type) return null;
    return `metric "${one.name}" is pushed as ${one.type}, and is ${other.type} ${there}`;
  }
  if (derivedNames(other.name, other.type).includes(one.name))
    return `metric "${one.name}" is a part of the ${other.type} "${other.name}" ${there}`;
  if (derivedNames(one.name, one.type).includes(other.name))
    return `the ${one.type} "${one.name}" has a part of the name of the metric "${other.name}" ${there}`;
  return null;
}
