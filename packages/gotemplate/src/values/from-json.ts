import { compareBytes } from './utf8.ts';
import { GoMap, GoSlice, type GoValue } from './value.ts';

/** What JSON can say. */
export type Json = null | string | number | boolean | readonly Json[] | { readonly [key: string]: Json };

/** Plain data as Go reads it from JSON: numbers are floats, objects maps of anything. */
export function fromJson(json: Json): GoValue {
  if (json === null || typeof json !== 'object') return json;
  if (isList(json)) return new GoSlice(json.map(fromJson));
  return new GoMap(new Map(Object.entries(json).map(([key, value]) => [key, fromJson(value)])));
}

function isList(json: readonly Json[] | { readonly [key: string]: Json }): json is readonly Json[] {
  return Array.isArray(json);
}

/** A map's entries in the order in which Go prints them and ranges over them. */
export function sortedEntries(map: GoMap): [string, GoValue][] {
  return [...map.entries].sort(([a], [b]) => compareBytes(a, b));
}
