import { CallError } from '../template-error.ts';
import { typeName } from './kind.ts';
import { GoSlice, type GoValue } from './value.ts';

/** An argument that the signature says is a string. */
export function textOf(value: GoValue): string {
  return typeof value === 'string' ? value : wrong(value, 'string');
}

/** An argument that the signature says is an int. */
export function intOf(value: GoValue): bigint {
  return typeof value === 'bigint' ? value : wrong(value, 'int');
}

/** An argument that the signature says is a `[]string`. */
export function textsOf(value: GoValue): string[] {
  return value instanceof GoSlice ? value.items.map(textOf) : wrong(value, '[]string');
}

function wrong(value: GoValue, type: string): never {
  throw new CallError(`value has type ${typeName(value)}; should be ${type}`);
}
