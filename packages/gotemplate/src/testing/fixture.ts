import { readFileSync } from 'node:fs';
import type { Json } from '../values/from-json.ts';

/** What one template gave: either its output or its error. */
export interface ObservedCase {
  readonly template: string;
  readonly missingKey?: 'default' | 'zero' | 'error';
  readonly data?: Json;
  readonly output?: string;
  readonly error?: string;
}

/** What Go's own packages made of templates. */
export interface Observed {
  readonly data: Json;
  readonly cases: readonly ObservedCase[];
}

/** A file of `conformance/gotemplate`. */
export function readFixture(file: string): string {
  return readFileSync(new URL(`../../../../conformance/gotemplate/${file}`, import.meta.url), 'utf8');
}

export function observed(file: 'text.json' | 'html.json'): Observed {
  return JSON.parse(readFixture(file));
}
