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
  mapFunction('cosh', Math.cosh),
  mapFunction('sin', Math.sin),
  mapFunction('sinh', Math.sinh),
  mapFunction('tan', Math.tan),
  mapFunction('tanh', Math.tanh),
  mapFunction('deg', (radians) => (radians * 180) / Math.PI),
  mapFunction('rad', (degrees) => (degrees * Math.PI) / 180),
];
