import type { FunctionCall, FunctionEntry } from './function-entry.ts';
import { mapFloats, mapFunction } from './map-floats.ts';
import { maximum, minimum } from './maximum.ts';

export const ROUNDING: readonly FunctionEntry[] = [
  mapFunction('ceil', Math.ceil),
  mapFunction('floor', Math.floor),
  {
    name: 'round',
    args: ['vector', 'scalar'],
    optional: 1,
    returns: 'vector',
    evaluate: (call) => ({ type: 'vector', rows: call.count === 1 ? rounded(call) : roundedTo(call) }),
  },
  {
    name: 'clamp',
    args: ['vector', 'scalar', 'scalar'],
    returns: 'vector',
    evaluate: (call) => ({ type: 'vector', rows: clamped(call, call.scalar(1), call.scalar(2)) }),
  },
  {
    name: 'clamp_min',
    args: ['vector', 'scalar'],
    returns: 'vector',
    evaluate: (call) => {
      const least = call.scalar(1);
      return { type: 'vector', rows: mapFloats(call, (value, step) => maximum(least[step] ?? 0, value)) };
    },
  },
  {
    name: 'clamp_max',
    args: ['vector', 'scalar'],
    returns: 'vector',
    evaluate: (call) => {
      const most = call.scalar(1);
      return { type: 'vector', rows: mapFloats(call, (value, step) => minimum(most[step] ?? 0, value)) };
    },
  },
];

/** Ties go up: -2.5 becomes -2. */
function rounded(call: FunctionCall) {
  return mapFloats(call, (value) => Math.floor(value + 0.5));
}

/** By the inverse, which is exact for multiples like 0.1 where the multiple itself is not. */
function roundedTo(call: FunctionCall) {
  const inverse = call.scalar(1).map((multiple) => 1 / multiple);
  return mapFloats(call, (value, step) => {
    const times = inverse[step] ?? 1;
    return Math.floor(value * times + 0.5) / times;
  });
}

function clamped(call: FunctionCall, least: Float64Array, most: Float64Array) {
  return mapFloats(call, (value, step) => {
    const low = least[step] ?? 0;
    const high = most[step] ?? 0;
    return low > high ? undefined : maximum(low, minimum(high, value));
  });
}
