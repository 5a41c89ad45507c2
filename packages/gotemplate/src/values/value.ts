import type { GoFunction } from './function.ts';
import type { GoType } from './go-type.ts';

/**
 * What a template works with. JavaScript's values stand for Go's:
 *
 * | here | in Go |
 * |---|---|
 * | `undefined` | no value at all: a missing key, a template's missing argument |
 * | `null` | nil in an `interface {}` |
 * | string, boolean | string, bool |
 * | number | float64 |
 * | bigint | int (64 bits) |
 * | `GoNamed` | a type of its own over one of these: a duration, a month, markup |
 * | `GoMap`, `GoSlice`, `GoStruct` | maps with strings as keys, slices, structs |
 * | `GoFunction` | a func value, a method bound to its receiver |
 */
export type GoValue =
  | undefined
  | null
  | string
  | boolean
  | number
  | bigint
  | GoNamed
  | GoMap
  | GoSlice
  | GoStruct
  | GoFunction;

/** A value of a type that has a name of its own. */
export class GoNamed {
  readonly type: GoType<GoNamed>;
  readonly value: string | boolean | number | bigint;

  constructor(type: GoType<GoNamed>, value: string | boolean | number | bigint) {
    this.type = type;
    this.value = value;
  }
}

/** A map from strings; all who see it see it in the order of its keys. */
export class GoMap {
  readonly type: GoType<GoMap>;
  readonly entries: ReadonlyMap<string, GoValue>;

  constructor(entries: ReadonlyMap<string, GoValue>, type: GoType<GoMap> = ANY_MAP) {
    this.entries = entries;
    this.type = type;
  }
}

export class GoSlice {
  readonly type: GoType<GoSlice>;
  readonly items: readonly GoValue[];

  constructor(items: readonly GoValue[], type: GoType<GoSlice> = ANY_SLICE) {
    this.items = items;
    this.type = type;
  }
}

export class GoStruct {
  readonly type: GoType<GoStruct>;
  readonly fields: ReadonlyMap<string, GoValue>;

  constructor(type: GoType<GoStruct>, fields: ReadonlyMap<string, GoValue>) {
    this.type = type;
    this.fields = fields;
  }
}

export const ANY = 'interface {}';

/** `map[string]interface {}`, as JSON is read. */
export const ANY_MAP: GoType<GoMap> = { name: `map[string]${ANY}`, element: ANY };
/** `map[string]string`, as label sets are. */
export const STRING_MAP: GoType<GoMap> = { name: 'map[string]string', element: 'string' };
/** `[]interface {}`, as JSON is read. */
export const ANY_SLICE: GoType<GoSlice> = { name: `[]${ANY}`, element: ANY };
/** `[]string`. */
export const STRING_SLICE: GoType<GoSlice> = { name: '[]string', element: 'string' };

/** A map of strings from a plain object. */
export function stringMap(values: Readonly<Record<string, string>>, type: GoType<GoMap> = STRING_MAP): GoMap {
  return new GoMap(new Map(Object.entries(values)), type);
}

/** A slice of strings. */
export function stringSlice(values: readonly string[]): GoSlice {
  return new GoSlice(values, STRING_SLICE);
}

/** A struct whose fields are in the order given. */
export function struct(type: GoType<GoStruct>, fields: Readonly<Record<string, GoValue>>): GoStruct {
  return new GoStruct(type, new Map(Object.entries(fields)));
}
