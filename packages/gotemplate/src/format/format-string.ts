import { utf8 } from '../values/utf8.ts';
import { type Flags, pad } from './flags.ts';
import { canBackquote, quote } from './quote.ts';

/** A text by `%v %s %q %x %X`; undefined for a verb that texts do not have. */
export function formatString(text: string, verb: string, flags: Readonly<Flags>): string | undefined {
  switch (verb) {
    case 'v':
    case 's':
      return pad(truncate(text, flags), flags);
    case 'q':
      return pad(quoted(truncate(text, flags), flags), flags);
    case 'x':
    case 'X':
      return pad(hexBytes(text, verb, flags), flags);
  }
  return undefined;
}

function truncate(text: string, { precision }: Readonly<Flags>): string {
  return precision === undefined ? text : [...text].slice(0, precision).join('');
}

function quoted(text: string, { sharp, plus }: Readonly<Flags>): string {
  return sharp && canBackquote(text) ? `\`${text}\`` : quote(text, plus);
}

function hexBytes(text: string, verb: 'x' | 'X', { precision, space, sharp }: Readonly<Flags>): string {
  const bytes = [...utf8(text).subarray(0, precision)].map((byte) => byte.toString(16).padStart(2, '0'));
  if (bytes.length === 0) return '';
  const mark = sharp ? '0x' : '';
  const hex = space ? bytes.map((byte) => mark + byte).join(' ') : mark + bytes.join('');
  return verb === 'X' ? hex.toUpperCase() : hex;
}
