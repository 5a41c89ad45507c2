import { zeroOf } from '../evaluate/members.ts';
import { CallError } from '../template-error.ts';
import { bare, typeName } from '../values/kind.ts';
import { fromUtf8, utf8, utf8Length } from '../values/utf8.ts';
import { GoMap, GoSlice, type GoValue } from '../values/value.ts';

const MOST_BOUNDS = 3;

/** `len`: of texts in bytes. */
export function lengthOf(value: GoValue): bigint {
  const plain = bare(value);
  if (typeof plain === 'string') return BigInt(utf8Length(plain));
  if (plain instanceof GoSlice) return BigInt(plain.items.length);
  if (plain instanceof GoMap) return BigInt(plain.entries.size);
  if (plain === undefined || plain === null)
    throw new CallError('reflect: call of reflect.Value.Type on zero Value');
  throw new CallError(`len of type ${typeName(value)}`);
}

/** `index`: what one key after the other finds. */
export function indexInto(value: GoValue, keys: readonly GoValue[]): GoValue {
  if (value === undefined || value === null) throw new CallError('index of untyped nil');
  return keys.reduce(element, value);
}

function element(value: GoValue, key: GoValue): GoValue {
  const plain = bare(value);
  if (plain === undefined || plain === null) throw new CallError('index of nil pointer');
  if (plain instanceof GoMap) return entry(plain, key);
  if (plain instanceof GoSlice) return plain.items[position(key, plain.items.length, 'slice')];
  if (typeof plain !== 'string') throw new CallError(`can't index item of type ${typeName(value)}`);
  const bytes = utf8(plain);
  return BigInt(bytes[position(key, bytes.length, 'string')] ?? 0);
}

function entry({ entries, type }: GoMap, key: GoValue): GoValue {
  if (key === undefined || key === null) throw new CallError('value is nil; should be of type string');
  if (typeof key !== 'string') throw new CallError(`value has type ${typeName(key)}; should be string`);
  return entries.has(key) ? entries.get(key) : zeroOf(type.element);
}

function position(key: GoValue, length: number, of: 'slice' | 'string'): number {
  const at = bound(key, length);
  if (at < length) return at;
  throw new CallError(`reflect: ${of} index out of range`);
}

/** An index that may also stand behind the last element. */
function bound(key: GoValue, most: number): number {
  const at = bare(key);
  if (at === undefined || at === null) throw new CallError('cannot index slice/array with nil');
  if (typeof at !== 'bigint') throw new CallError(`cannot index slice/array with type ${typeName(key)}`);
  if (at < 0n || at > BigInt(most)) throw new CallError(`index out of range: ${at}`);
  return Number(at);
}

/** `slice`: of texts by bytes. */
export function sliceOf(value: GoValue, bounds: readonly GoValue[]): GoValue {
  const plain = bare(value);
  if (plain === undefined || plain === null) throw new CallError('slice of untyped nil');
  if (bounds.length > MOST_BOUNDS) throw new CallError(`too many slice indexes: ${bounds.length}`);
  if (typeof plain === 'string') {
    if (bounds.length === MOST_BOUNDS) throw new CallError('cannot 3-index slice a string');
    const bytes = utf8(plain);
    return fromUtf8(bytes.subarray(...range(bounds, bytes.length)));
  }
  if (!(plain instanceof GoSlice)) throw new CallError(`can't slice item of type ${typeName(value)}`);
  return new GoSlice(plain.items.slice(...range(bounds, plain.items.length)), plain.type);
}

function range(bounds: readonly GoValue[], length: number): [number, number] {
  const [from = 0, to = length, most] = bounds.map((key) => bound(key, length));
  if (from > to) throw new CallError(`invalid slice index: ${from} > ${to}`);
  if (most !== undefined && to > most) throw new CallError(`invalid slice index: ${to} > ${most}`);
  return [from, to];
}
