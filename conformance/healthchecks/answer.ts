import assert from 'node:assert/strict';
import type { Json, Send } from './case.ts';
import type { Answer } from './http.ts';
import { assertHas, assertMatches, type Now } from './match.ts';
import type { Names } from './substitute.ts';

/** Asserts that an answer is as a step expects it. `names` are those that earlier steps gave. */
export function assertAnswer(answer: Answer, step: Send, now: Now, names: Names): void {
  const text = answer.body.toString();
  if (step.status !== undefined) {
    assert.equal(
      answer.status,
      step.status,
      `the status is ${answer.status}; the body is ${text.slice(0, 500)}`,
    );
  }
  if (step.text !== undefined) assert.equal(text, step.text);
  for (const part of [step.contains ?? []].flat())
    assert.ok(text.includes(part), `${part} is not in ${text}`);
  for (const [name, wanted] of Object.entries(step.header ?? {})) assertHeader(answer, name, wanted, now);
  if (step.lines !== undefined) assertMatches(text.split('\n'), step.lines, now, 'the lines');
  if (step.names !== undefined) assert.deepEqual(listed(text, 'checks', 'name'), step.names);
  if (step.flips !== undefined) assert.deepEqual(listed(text, 'flips', 'up'), step.flips);
  if (step.channels !== undefined) assertChannels(text, step.channels, names);
  assertJson(text, step, now);
}

function assertJson(text: string, step: Send, now: Now): void {
  if (step.json === undefined && step.has === undefined && step.keys === undefined) return;
  const json = find(JSON.parse(text) as Json, step.at ?? '');
  const where = step.at === undefined ? 'the body' : String(step.at);
  if (step.json !== undefined) assertMatches(json, step.json, now, where);
  if (step.has === undefined && step.keys === undefined) return;
  assert.ok(typeof json === 'object' && json !== null && !Array.isArray(json), `${where} is no object`);
  if (step.has !== undefined) assertHas(json, step.has, now, where);
  if (step.keys !== undefined) assert.deepEqual(Object.keys(json), step.keys);
}

function assertHeader(answer: Answer, name: string, wanted: string | null, now: Now): void {
  const actual = answer.headers[name.toLowerCase()];
  const value = Array.isArray(actual) ? actual.join(', ') : actual;
  assertMatches(value, wanted ?? '$absent', now, `header ${name}`);
}

/** One field of each item of the list that the body is. */
function listed(text: string, list: string, field: string): Json[] {
  const items = find(JSON.parse(text) as Json, list);
  assert.ok(Array.isArray(items), `${list} is no array`);
  return items.map((item) => find(item, field) ?? null);
}

function assertChannels(text: string, wanted: string[], names: Names): void {
  const codes = wanted.map((name) => String(names[name]));
  assert.equal(find(JSON.parse(text) as Json, 'channels'), codes.sort().join(','));
}

/** The value at a path of keys and indexes; an empty path leads to the whole. */
export function find(json: Json | undefined, path: string | string[]): Json | undefined {
  const keys = typeof path === 'string' ? path.split('.').filter((key) => key !== '') : path;
  let value = json;
  for (const key of keys) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = (value as { [key: string]: Json })[key];
  }
  return value;
}
