import { type Flags, pad } from './flags.ts';
import { type FloatForm, floatText } from './float-text.ts';

const FORMS: Readonly<Record<string, { form: FloatForm; precision?: number }>> = {
  v: { form: 'g' },
  g: { form: 'g' },
  G: { form: 'g' },
  e: { form: 'e', precision: 6 },
  E: { form: 'e', precision: 6 },
  f: { form: 'f', precision: 6 },
  F: { form: 'f', precision: 6 },
};
/** What `%#g` shows where no precision is given. */
const SHARP_DIGITS = 6;

/** A float by `%v %g %e %f` and their capitals; undefined for a verb that floats do not have. */
export function formatFloat(value: number, verb: string, flags: Readonly<Flags>): string | undefined {
  const found = FORMS[verb];
  if (found === undefined) return undefined;
  const { form, precision } = found;
  let text = floatText(value, form, flags.precision ?? precision);
  if (flags.sharp && Number.isFinite(value)) text = withPoint(text, form, flags.precision);
  if (verb === 'G' || verb === 'E') text = Number.isFinite(value) ? text.toUpperCase() : text;
  return signed(text, value, flags);
}

function signed(text: string, value: number, flags: Readonly<Flags>): string {
  const bare = text.replace(/^[+-]/u, '');
  const sign = text.startsWith('-') ? '-' : positiveSign(text, flags);
  if (!Number.isFinite(value)) return pad(sign + bare, { ...flags, zero: false });
  if (!flags.zero || flags.minus || flags.width === undefined) return pad(sign + bare, flags);
  return sign + pad(bare, { ...flags, width: flags.width - sign.length });
}

function positiveSign(text: string, { plus, space }: Readonly<Flags>): string {
  if (space && !plus) return ' ';
  return plus || text.startsWith('+') ? '+' : '';
}

/** `#` keeps the point, and for `%g` the zeros behind it. */
function withPoint(text: string, form: FloatForm, precision: number | undefined): string {
  const [mantissa = '', exponent] = text.split('e');
  const tail = exponent === undefined ? '' : `e${exponent}`;
  const pointed = mantissa.includes('.') ? mantissa : `${mantissa}.`;
  if (form !== 'g') return pointed + tail;
  const digits = pointed.replace(/[-.]/gu, '').replace(/^0+(?=.)/u, '').length;
  return pointed + '0'.repeat(Math.max(0, (precision ?? SHARP_DIGITS) - digits)) + tail;
}
