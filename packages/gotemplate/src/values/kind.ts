import { GoFunction } from './function.ts';
import { ANY, GoMap, GoNamed, GoSlice, GoStruct, type GoValue } from './value.ts';

/** What Go's reflection calls the kind of a value, as far as templates tell kinds apart. */
export type Kind = 'nil' | 'string' | 'bool' | 'float' | 'int' | 'map' | 'slice' | 'struct' | 'func';

export function kindOf(value: GoValue): Kind {
  if (value === undefined || value === null) return 'nil';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float';
    case 'bigint':
      return 'int';
  }
  if (value instanceof GoNamed) return kindOf(value.value);
  if (value instanceof GoMap) return 'map';
  if (value instanceof GoSlice) return 'slice';
  return value instanceof GoStruct ? 'struct' : 'func';
}

/** The name of a value's type, as `%T` shows it. */
export function typeName(value: GoValue): string {
  if (value === undefined || value === null) return '<nil>';
  switch (typeof value) {
    case 'string':
      return 'string';
    case 'boolean':
      return 'bool';
    case 'number':
      return 'float64';
    case 'bigint':
      return 'int';
  }
  if (value instanceof GoFunction) return functionType(value);
  return value.type.name;
}

function functionType({ signature }: GoFunction): string {
  const parameters: string[] = [...signature.parameters];
  if (signature.variadic !== undefined) parameters.push(`...${signature.variadic}`);
  return `func(${parameters.join(', ').replaceAll('value', ANY)}) ${ANY}`;
}

/** What is below a named value. */
export function bare(value: GoValue): Exclude<GoValue, GoNamed> {
  return value instanceof GoNamed ? value.value : value;
}

/** Whether a value counts as true: everything but false, 0, nil and what is empty. Structs always do. */
export function isTrue(value: GoValue): boolean {
  const plain = bare(value);
  if (plain instanceof GoMap) return plain.entries.size > 0;
  if (plain instanceof GoSlice) return plain.items.length > 0;
  if (plain instanceof GoStruct || plain instanceof GoFunction) return true;
  return (
    plain !== undefined && plain !== null && plain !== '' && plain !== false && plain !== 0 && plain !== 0n
  );
}
