import type { ParameterType } from '../values/function.ts';
import { typeName } from '../values/kind.ts';
import {
  ANY,
  ANY_SLICE,
  GoMap,
  GoNamed,
  GoSlice,
  type GoValue,
  STRING_MAP,
  STRING_SLICE,
} from '../values/value.ts';

/** A value that a parameter takes, or why it takes it not. */
export type Assigned = { readonly value: GoValue } | { readonly refused: string };

/** Gives a parameter of a type a value, as Go does between types: nothing is converted. */
export function assign(value: GoValue, type: ParameterType): Assigned {
  if (type === 'value') return { value };
  if (value === undefined) return nothing(type);
  if (type === ANY || isAssignable(value, type)) return { value };
  const got = value === null ? ANY : typeName(value);
  return { refused: `wrong type for value; expected ${type}; got ${got}` };
}

/** Whether nil can be given to a parameter, and what it is there. */
export function nilOf(type: ParameterType): Assigned {
  switch (type) {
    case 'value':
    case ANY:
      return { value: null };
    case '[]string':
      return { value: new GoSlice([], STRING_SLICE) };
    case '[]interface {}':
      return { value: new GoSlice([], ANY_SLICE) };
    case 'map[string]string':
      return { value: new GoMap(new Map(), STRING_MAP) };
  }
  if (type.startsWith('map[')) return { value: new GoMap(new Map()) };
  return { refused: `cannot assign nil to ${type}` };
}

function nothing(type: ParameterType): Assigned {
  const nil = nilOf(type);
  return 'value' in nil ? nil : { refused: `invalid value; expected ${type}` };
}

function isAssignable(value: Exclude<GoValue, undefined>, type: ParameterType): boolean {
  if (value === null) return false;
  if (typeName(value) === type) return true;
  const named = value instanceof GoSlice || value instanceof GoMap || value instanceof GoNamed;
  return named && value.type.underlying === type;
}
