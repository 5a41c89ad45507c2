/**
 * Decimal floats only: hexadecimal ones and underscores are refused, as Prometheus does. Each character fits in one
 * way, so that a long text that is no float is refused in one go.
 */
const DECIMAL = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;
const NAMED = /^(?:nan|[+-]?inf(?:inity)?)$/i;

/**
 * Reads a float of a sample.
 * @returns undefined when it is none, or lies beyond what a double holds.
 */
export function readFloat(text: string): number | undefined {
  if (DECIMAL.test(text)) {
    const value = Number(text);
    return Number.isFinite(value) ? value : undefined;
  }
  if (!NAMED.test(text)) return undefined;
  if (/^nan$/i.test(text)) return Number.NaN;
  return text.startsWith('-') ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
}
