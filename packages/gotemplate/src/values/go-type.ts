import type { GoFunction } from './function.ts';

/** A type of Go: what it is called, and what its values can do. */
export interface GoType<Value> {
  /** As `%T` shows it. */
  readonly name: string;
  /** What a map's or a slice's elements are called; `interface {}` holds anything. */
  readonly element?: string;
  /** The built-in type below a named one, where an assignment may forget the name (`[]string`). */
  readonly underlying?: string;
  /** What JSON calls the fields of a struct. */
  readonly jsonNames?: Readonly<Record<string, string>>;
  /** What its `String` method answers: the text that `%v` and `%s` show. */
  readonly text?: (value: Value) => string;
  /** Methods by name, bound to the value they were asked of. */
  readonly methods?: Readonly<Record<string, (value: Value) => GoFunction>>;
}
