import { quote } from '../format/quote.ts';
import type { NumberNode } from './ast.ts';
import { unquote } from './literals.ts';

const LEAST_INT = -(2n ** 63n);
const LARGEST_INT = 2n ** 63n - 1n;
const LARGEST_UINT = 2n ** 64n - 1n;
const INTEGER = /^([+-]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|([1-9][0-9]*|0))$/u;
const DECIMAL_FLOAT = /^[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?$/u;
const HEX_FLOAT = /^([+-]?)0[xX]([0-9a-fA-F]*)\.?([0-9a-fA-F]*)[pP]([+-]?[0-9]+)$/u;
/** An underscore stands between two digits, or between the base and a digit. */
const UNDERSCORES =
  /^[+-]?(?:0[xXbBoO]_?)?[0-9a-fA-F.]+(?:_[0-9a-fA-F.]+)*(?:[pP][+-]?[0-9]+(?:_[0-9]+)*|[eE][+-][0-9]+)?$/u;
const FLOATY = /[.eEpP]/u;
const BITS_OF_HEX_DIGIT = 4;

/** The number that a literal says, or what is wrong with it. */
export function numberNode(text: string, at: number): NumberNode | string {
  if (text.startsWith("'")) return characterNode(text, at);
  if (text.endsWith('i')) return `complex numbers are not supported: ${quote(text)}`;
  if (text.includes('_') && !UNDERSCORES.test(text)) return `illegal number syntax: ${quote(text)}`;
  const digits = text.replaceAll('_', '');
  return integerNode(text, digits, at) ?? floatNode(text, digits, at);
}

function characterNode(text: string, at: number): NumberNode | string {
  const value = unquote(text);
  if (value === '') return 'invalid syntax';
  if (value === undefined || [...value].length !== 1) return `malformed character constant: ${text}`;
  const code = value.codePointAt(0) ?? 0;
  return { kind: 'number', at, text, int: BigInt(code), float: code, ideal: 'int' };
}

function integerNode(text: string, digits: string, at: number): NumberNode | undefined {
  const [, sign, hex, binary, octal, decimal] = INTEGER.exec(digits) ?? [];
  if (sign === undefined) return undefined;
  const size = BigInt(prefixed('0x', hex) ?? prefixed('0b', binary) ?? prefixed('0o', octal) ?? decimal ?? 0);
  const value = sign === '-' ? -size : size;
  if (value >= LEAST_INT && value <= LARGEST_INT)
    return { kind: 'number', at, text, int: value, float: Number(value), ideal: 'int' };
  if (sign === '' && value <= LARGEST_UINT)
    return { kind: 'number', at, text, float: Number(value), ideal: 'overflow' };
  return undefined;
}

function prefixed(base: string, digits: string | undefined): string | undefined {
  return digits === undefined ? undefined : base + digits;
}

function floatNode(text: string, digits: string, at: number): NumberNode | string {
  const value = DECIMAL_FLOAT.test(digits) ? Number(digits) : hexFloat(digits);
  if (value === undefined || !Number.isFinite(value)) return `illegal number syntax: ${quote(text)}`;
  if (!FLOATY.test(digits) || /^[+-]?0[xX][^pP]*$/u.test(digits)) return `integer overflow: ${quote(text)}`;
  const whole = Number.isInteger(value) && value >= Number(LEAST_INT) && value < Number(LARGEST_INT);
  const int = whole ? { int: BigInt(value) } : {};
  return { kind: 'number', at, text, ...int, float: value, ideal: 'float' };
}

/** A hexadecimal float, such as `0x1p4`. */
export function hexFloat(digits: string): number | undefined {
  const [, sign, whole = '', fraction = '', exponent] = HEX_FLOAT.exec(digits) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const value =
    Number(`0x${whole}${fraction}`) * 2 ** (Number(exponent) - BITS_OF_HEX_DIGIT * fraction.length);
  return sign === '-' ? -value : value;
}
