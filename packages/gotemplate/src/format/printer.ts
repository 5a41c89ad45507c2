import type { Meter } from '../limits.ts';
import { CallError, LimitError } from '../template-error.ts';
import { sortedEntries } from '../values/from-json.ts';
import { GoFunction } from '../values/function.ts';
import { typeName } from '../values/kind.ts';
import { GoMap, GoNamed, GoSlice, GoStruct, type GoValue } from '../values/value.ts';
import { type Flags, pad } from './flags.ts';
import { formatFloat } from './format-float.ts';
import { formatInt } from './format-int.ts';
import { formatString } from './format-string.ts';

/** Lists within lists. */
const DEEPEST = 100;
/** Verbs under which a `String` method speaks for its value. */
const TEXT_VERBS = 'vsqxX';

/** Formats values as Go's `fmt` does. What it has written is never longer than an output may be. */
export class Printer {
  readonly #meter: Meter;
  readonly #parts: string[] = [];
  #length = 0;

  constructor(meter: Meter) {
    this.#meter = meter;
  }

  get text(): string {
    return this.#parts.join('');
  }

  write(text: string): void {
    this.#length += text.length;
    this.#meter.size(this.#length);
    this.#parts.push(text);
  }

  /** One operand by its verb; a verb that it does not have is told in its place. */
  operand(value: GoValue, verb: string, flags: Readonly<Flags>): void {
    this.#meter.size(Math.max(flags.width ?? 0, flags.precision ?? 0));
    if (value === undefined || value === null) this.#nil(verb, flags);
    else if (verb === 'T') this.write(pad(typeName(value), flags));
    else this.#value({ verb, flags, go: verb === 'v' && flags.sharp, erring: false }, value, 0);
  }

  #nil(verb: string, flags: Readonly<Flags>): void {
    this.write(verb === 'T' || verb === 'v' ? pad('<nil>', flags) : `%!${verb}(<nil>)`);
  }

  #value(how: How, value: GoValue, depth: number): void {
    if (depth > DEEPEST) throw new LimitError(`a value is nested deeper than ${DEEPEST}`);
    if (value === undefined || value === null) {
      this.write(how.go ? 'interface {}(nil)' : '<nil>');
      return;
    }
    const said = how.erring || how.go || !TEXT_VERBS.includes(how.verb) ? undefined : ownText(value);
    const text = said === undefined ? scalar(value, how) : formatString(said, how.verb, plain(how));
    if (text !== undefined) this.write(text);
    else if (!this.#composite(how, value, depth)) this.#badVerb(how, value, depth);
  }

  #composite(how: How, value: GoValue, depth: number): boolean {
    if (value instanceof GoMap) {
      const pairs = sortedEntries(value);
      this.#list(how, value, pairs, ['map[', ']'], ([key, element]) => {
        this.#value(how, key, depth + 1);
        this.write(':');
        this.#value(how, element, depth + 1);
      });
    } else if (value instanceof GoSlice)
      this.#list(how, value, value.items, ['[', ']'], (item) => this.#value(how, item, depth + 1));
    else if (value instanceof GoStruct)
      this.#list(how, value, [...value.fields], ['{', '}'], ([name, field]) => {
        if (how.go || how.flags.plus) this.write(`${name}:`);
        this.#value(how, field, depth + 1);
      });
    else return false;
    return true;
  }

  #list<Item>(
    how: How,
    value: GoMap | GoSlice | GoStruct,
    items: readonly Item[],
    [open, close]: readonly [string, string],
    show: (item: Item) => void,
  ): void {
    this.write(how.go ? `${value.type.name}{` : open);
    for (const [index, item] of items.entries()) {
      this.#meter.step();
      if (index > 0) this.write(how.go ? ', ' : ' ');
      show(item);
    }
    this.write(how.go ? '}' : close);
  }

  #badVerb(how: How, value: GoValue, depth: number): void {
    if (value instanceof GoFunction) throw new CallError(`can't print a value of type ${typeName(value)}`);
    this.write(`%!${how.verb}(${typeName(value)}=`);
    this.#value({ ...how, verb: 'v', erring: true }, value, depth);
    this.write(')');
  }
}

interface How {
  readonly verb: string;
  readonly flags: Readonly<Flags>;
  /** As Go source: `%#v`. */
  readonly go: boolean;
  /** Within the complaint about a verb, where no `String` method is asked. */
  readonly erring: boolean;
}

/** `+` and `#` of `%v` say how values are shown, not how their scalars are. */
function plain({ verb, flags, erring }: How): Readonly<Flags> {
  return verb === 'v' && !erring ? { ...flags, plus: false, sharp: false } : flags;
}

/** What the `String` method of a value says, if its type has one. */
export function ownText(value: GoValue): string | undefined {
  if (value instanceof GoNamed) return value.type.text?.(value);
  if (value instanceof GoMap) return value.type.text?.(value);
  if (value instanceof GoSlice) return value.type.text?.(value);
  return value instanceof GoStruct ? value.type.text?.(value) : undefined;
}

/** A scalar as it is shown; undefined where the value is none, or has no such verb. */
function scalar(value: GoValue, how: How): string | undefined {
  const flags = plain(how);
  switch (typeof value) {
    case 'string':
      return formatString(value, how.go ? 'q' : how.verb, flags);
    case 'number':
      return formatFloat(value, how.verb, flags);
    case 'bigint':
      return formatInt(value, how.verb, flags);
    case 'boolean':
      return how.verb === 'v' || how.verb === 't' ? pad(String(value), flags) : undefined;
  }
  return value instanceof GoNamed ? scalar(value.value, how) : undefined;
}
