import type { GoFunction } from '../values/function.ts';
import type { GoType } from '../values/go-type.ts';
import { ANY, GoMap, GoNamed, GoSlice, GoStruct, type GoValue } from '../values/value.ts';

/** The method of a value by its name, bound to it. */
export function methodOf(value: GoValue, name: string): GoFunction | undefined {
  if (value instanceof GoStruct) return bound(value.type, name)?.(value);
  if (value instanceof GoMap) return bound(value.type, name)?.(value);
  if (value instanceof GoSlice) return bound(value.type, name)?.(value);
  return value instanceof GoNamed ? bound(value.type, name)?.(value) : undefined;
}

function bound<Value>({ methods }: GoType<Value>, name: string): ((value: Value) => GoFunction) | undefined {
  return methods !== undefined && Object.hasOwn(methods, name) ? methods[name] : undefined;
}

/** What a map without an entry gives under `missingkey=zero`, and `index` always. */
export function zeroOf(element: string | undefined): GoValue {
  switch (element) {
    case 'string':
      return '';
    case 'float64':
      return 0;
    case 'int':
      return 0n;
    case 'bool':
      return false;
    case ANY:
      return null;
  }
  return undefined;
}
