/**
 * A float as Prometheus writes it in answers: the shortest text that reads back the same, with an exponent of at
 * least two digits below 1e-6 and from 1e21 on, `NaN`, `+Inf` and `-Inf`.
 */
export function floatText(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : infinity(value);
  if (Object.is(value, -0)) return '-0';
  const text = String(value);
  const [digits = '', exponent] = text.split('e');
  if (exponent === undefined) return text;
  const sign = exponent.startsWith('-') ? '-' : '+';
  return `${digits}e${sign}${exponent.replace(/^[+-]/, '').padStart(2, '0')}`;
}

/** A float as `floatText`, but never with an exponent: as scalars and `count_values` show it. */
export function decimalText(value: number): string {
  const text = floatText(value);
  const [digits = '', exponent] = text.split('e');
  if (exponent === undefined) return text;
  const negative = digits.startsWith('-');
  const [whole = '', fraction = ''] = digits.replace('-', '').split('.');
  const shift = Number(exponent);
  const figures = whole + fraction;
  const point = whole.length + shift;
  const sign = negative ? '-' : '';
  if (point <= 0) return `${sign}0.${'0'.repeat(-point)}${figures}`;
  if (point >= figures.length) return `${sign}${figures.padEnd(point, '0')}`;
  return `${sign}${figures.slice(0, point)}.${figures.slice(point)}`;
}

function infinity(value: number): string {
  return value > 0 ? '+Inf' : '-Inf';
}

/** Below this exponent Go's shortest form has an exponent. */
const LEAST_PLAIN_EXPONENT = -4;

/**
 * A float in Go's shortest form (`%g`): with an exponent below 1e-4 and from 10^`limit` on, which is 1e6 unless a
 * precision says otherwise. Bounds of buckets, expositions and values in templates are written so.
 */
export function shortText(value: number, limit = 6): string {
  if (!Number.isFinite(value) || value === 0) return floatText(value);
  const [digits = '', power = ''] = value.toExponential().split('e');
  const exponent = Number(power);
  if (exponent >= LEAST_PLAIN_EXPONENT && exponent < limit) return decimalText(value);
  return `${digits}e${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`;
}
