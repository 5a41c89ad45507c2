import { floatText } from '../format/float-text.ts';
import type { Meter } from '../limits.ts';
import { CallError, LimitError } from '../template-error.ts';
import { formatTime } from '../time/layout.ts';
import { clockOf, GoTime } from '../time/time.ts';
import { sortedEntries } from './from-json.ts';
import { GoFunction } from './function.ts';
import { GoMap, GoNamed, GoSlice, GoStruct, type GoValue } from './value.ts';

const DEEPEST = 100;
const RFC_3339 = '2006-01-02T15:04:05.999999999Z07:00';

/**
 * A value as Go writes JSON: keys sorted, fields of structs by the names that their types give them; what HTML would
 * take for markup is escaped.
 * @throws {CallError} for what JSON has no word for.
 */
export function toJson(value: GoValue, meter: Meter): string {
  const json = new JsonWriter(meter).value(value, 0);
  return json.replace(
    /[<>&\u2028\u2029]/gu,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

class JsonWriter {
  readonly #meter: Meter;
  #length = 0;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  value(value: GoValue, depth: number): string {
    if (depth > DEEPEST) throw new LimitError(`a value is nested deeper than ${DEEPEST}`);
    if (value instanceof GoMap) return this.#members(sortedEntries(value), depth);
    if (value instanceof GoSlice)
      return this.#counted(`[${value.items.map((item) => this.value(item, depth + 1)).join(',')}]`, 2);
    if (value instanceof GoTime) return this.#text(formatTime(clockOf(value), RFC_3339));
    if (value instanceof GoStruct) return this.#members(jsonFields(value), depth);
    if (value instanceof GoNamed) return this.value(value.value, depth);
    return this.#scalar(value);
  }

  #members(members: readonly (readonly [string, GoValue])[], depth: number): string {
    const texts = members.map(([key, value]) => `${this.#text(key)}:${this.value(value, depth + 1)}`);
    return this.#counted(`{${texts.join(',')}}`, 2);
  }

  #scalar(value: undefined | null | string | boolean | number | bigint | GoFunction): string {
    if (value instanceof GoFunction) throw new CallError('json: unsupported type: func');
    if (typeof value === 'string') return this.#text(value);
    if (typeof value === 'number' && !Number.isFinite(value))
      throw new CallError(`json: unsupported value: ${floatText(value)}`);
    const text = value === undefined || value === null ? 'null' : String(value);
    return this.#counted(Object.is(value, -0) ? '-0' : text, text.length);
  }

  #text(text: string): string {
    const json = JSON.stringify(text.toWellFormed());
    return this.#counted(json, json.length);
  }

  /** Stops before the whole has become too long. */
  #counted(text: string, length: number): string {
    this.#length += length;
    this.#meter.size(this.#length);
    return text;
  }
}

function jsonFields({ type, fields }: GoStruct): [string, GoValue][] {
  return [...fields].map(([name, value]) => [type.jsonNames?.[name] ?? name, value]);
}
