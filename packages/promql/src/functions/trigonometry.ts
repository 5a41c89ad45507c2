import type { FunctionEntry } from './function-entry.ts';
import { mapFunction } from './map-floats.ts';

export const TRIGONOMETRY: readonly FunctionEntry[] = [
  mapFunction('acos', Math.acos),
  mapFunction('acosh', Math.acosh),
  mapFunction('asin', Math.asin),
  mapFunction('asinh', Math.asinh),
  mapFunction('atan', Math.atan),
  mapFunction('atanh', Math.atanh),
  mapFunction('cos', Math.cos),
  mapFunction('cosh', cosh),
  mapFunction('sin', Math.sin),
  mapFunction('sinh', sinh),
  mapFunction('tan', Math.tan),
  mapFunction('tanh', Math.tanh),
  mapFunction('deg', (radians) => (radians * 180) / Math.PI),
  mapFunction('rad', (degrees) => (degrees * Math.PI) / 180),
];

/** Above this `e^-x` is less than rounding takes of `e^x`, and Go leaves it out: the end of floats comes sooner. */
const LEAST_STEEP = 21;

function cosh(x: number): number {
  return Math.abs(x) > LEAST_STEEP ? Math.exp(Math.abs(x)) / 2 : Math.cosh(x);
}

function sinh(x: number): number {
  return Math.abs(x) > LEAST_STEEP ? (Math.sign(x) * Math.exp(Math.abs(x))) / 2 : Math.sinh(x);
}
