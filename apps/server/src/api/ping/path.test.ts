import assert from 'node:assert/strict';
import { test } from 'node:test';
import { parsePingPath } from './path.ts';

const UUID = '0cab08fe-03f4-48c2-a927-90493fa0b2f2';
const code = { code: UUID };
const slug = (pingKey: string, name: string) => ({ pingKey, slug: name, create: false });

const PATHS: [string, unknown][] = [
  [UUID, [code, 'success', null]],
  [`${UUID}/`, [code, 'success', null]],
  [`${UUID}/start`, [code, 'start', null]],
  [`${UUID}/fail`, [code, 'fail', null]],
  [`${UUID}/log`, [code, 'log', null]],
  [`${UUID}/0`, [code, 'success', 0]],
  [`${UUID}/007`, [code, 'fail', 7]],
  [`${UUID}/255`, [code, 'fail', 255]],
  [`${UUID}/256`, 'overflow'],
  [`${UUID}/99999999999999999999999`, 'overflow'],
  [`${UUID}/start/`, null],
  [`${UUID}/xyz`, [slug(UUID, 'xyz'), 'success', null]],
  [`${UUID}/-1`, [slug(UUID, '-1'), 'success', null]],
  [UUID.toUpperCase(), null],
  [UUID.replaceAll('-', ''), null],
  ['key/my-slug', [slug('key', 'my-slug'), 'success', null]],
  ['key/my-slug/', null],
  ['key/my-slug/start', [slug('key', 'my-slug'), 'start', null]],
  ['key/my-slug/3', [slug('key', 'my-slug'), 'fail', 3]],
  ['key/fail', [slug('key', 'fail'), 'success', null]],
  ['key/0', [slug('key', '0'), 'success', null]],
  ['key/sl%ug', null],
  ['key', null],
  ['', null],
  ['a/b/c', null],
  ['a/b/start/x', null],
];

for (const [path, expected] of PATHS) {
  test(`/ping/${path}`, () => {
    const parsed = parsePingPath(path, false);
    if (parsed === null || expected === null) assert.equal(parsed, expected);
    else if (expected === 'overflow') assert.equal(parsed.overflow, true);
    else assert.deepEqual([parsed.target, parsed.action, parsed.exitstatus], expected);
  });
}
