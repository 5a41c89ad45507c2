import type { FunctionEntry } from './function-entry.ts';
import { mapFunction } from './map-floats.ts';

export const MATH: readonly FunctionEntry[] = [
  mapFunction('abs', Math.abs),
  mapFunction('exp', Math.exp),
  mapFunction('ln', Math.log),
  mapFunction('log2', Math.log2),
  mapFunction('log10', Math.log10),
  /** Zero and NaN stay what they are. */
  mapFunction('sgn', Math.sign),
  mapFunction('sqrt', Math.sqrt),
];
