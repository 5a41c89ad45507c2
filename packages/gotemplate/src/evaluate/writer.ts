import { valueText } from '../format/print.ts';
import type { Meter } from '../limits.ts';
import type { Action } from '../syntax/ast.ts';
import { print } from '../syntax/print.ts';
import { kindOf, typeName } from '../values/kind.ts';
import type { GoValue } from '../values/value.ts';
import type { Place } from './place.ts';

/** Where an execution writes to. Each method answers what it has written. */
export interface Writer {
  /** Text of the template itself. */
  text(text: string): string;
  /** The value of an action. */
  value(value: GoValue, node: Action, place: Place, meter: Meter): string;
}

/** What `text/template` writes for a value that is none. */
export const NO_VALUE = '<no value>';

/** Writes values as they are. */
export class TextWriter implements Writer {
  readonly #parts: string[] = [];

  get output(): string {
    return this.#parts.join('');
  }

  text(text: string): string {
    this.#parts.push(text);
    return text;
  }

  value(value: GoValue, node: Action, place: Place, meter: Meter): string {
    if (kindOf(value) === 'func')
      place.fail(`can't print ${print(node.pipeline)} of type ${typeName(value)}`);
    return this.text(value === undefined || value === null ? NO_VALUE : valueText(value, meter));
  }
}
