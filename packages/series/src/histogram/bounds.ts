import { CUSTOM_BUCKETS_SCHEMA, type Histogram } from './histogram.ts';

/**
 * The bounds between 0.5 and 1 by schema, made once for each. As reciprocals they are rounded as Prometheus' own are in
 * most places.
 */
const FRACTIONS = new Map<number, Float64Array>();

/** Bounds above this power of 2 are beyond what a float holds; the one before it is the greatest float. */
const BEYOND_FLOATS = 1024;

/**
 * The upper bound of a bucket with exponential ones. The last bucket of numbers ends at the greatest float, the one
 * behind it has the infinite ones.
 * Source: Prometheus' native histogram specification.
 */
export function exponentialBound(index: number, schema: number): number {
  if (schema <= 0) return powerOfTwo(index * 2 ** -schema);
  const parts = 2 ** schema;
  const part = ((index % parts) + parts) % parts;
  const power = Math.floor(index / parts);
  if (part === 0) return powerOfTwo(power);
  return (fractionsOf(schema)[part] ?? 1) * 2 * powerOfTwo(power);
}

function powerOfTwo(power: number): number {
  return power === BEYOND_FLOATS ? Number.MAX_VALUE : 2 ** power;
}

function fractionsOf(schema: number): Float64Array {
  const known = FRACTIONS.get(schema);
  if (known !== undefined) return known;
  const parts = 2 ** schema;
  const made = Float64Array.from({ length: parts }, (_, part) => 1 / 2 ** (1 - part / parts));
  FRACTIONS.set(schema, made);
  return made;
}

/** The upper bound of a bucket on the positive side; -Infinity and Infinity at the ends of custom ones. */
export function upperBound({ schema, customValues }: Histogram, index: number): number {
  if (schema !== CUSTOM_BUCKETS_SCHEMA) return exponentialBound(index, schema);
  return index < 0 ? -Infinity : (customValues[index] ?? Infinity);
}
