import assert from 'node:assert/strict';
import { appendFileSync, mkdtempSync, renameSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type Place, readTail } from './tail.ts';

test('lines are read once, whole, over rotation and truncation', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-tail-'));
  const path = join(folder, 'log');
  let place: Place | null = null;
  const look = async (limit = 1_000_000) => {
    const lines: string[] = [];
    await using file = await open(path);
    const tail = await readTail(file, place, limit, (line) => lines.push(line));
    place = tail.place;
    return { lines, skipped: tail.skipped, anew: tail.anew };
  };
  writeFileSync(path, 'old\n');
  assert.deepEqual(await look(), { lines: [], skipped: 0, anew: 'first' });
  appendFileSync(path, 'one\r\ntwo\nhal');
  assert.deepEqual((await look()).lines, ['one', 'two']);
  assert.deepEqual((await look()).lines, []);
  appendFileSync(path, 'f\nthree\n');
  assert.deepEqual((await look()).lines, ['half', 'three']);
  renameSync(path, `${path}.1`);
  writeFileSync(path, 'new file\n');
  assert.deepEqual(await look(), { lines: ['new file'], skipped: 0, anew: 'rotated' });
  truncateSync(path);
  appendFileSync(path, 'cut\n');
  assert.deepEqual(await look(), { lines: ['cut'], skipped: 0, anew: 'truncated' });
  // Of more than the limit the newest whole lines count.
  appendFileSync(path, 'a'.repeat(50).concat('\n').repeat(10));
  const limited = await look(120);
  assert.equal(limited.lines.length, 2);
  assert.equal(limited.skipped, 510 - 120);
  // A line without end is cut into pieces and keeps no memory; the one after it is whole again.
  appendFileSync(path, 'x'.repeat(200_000));
  assert.ok((await look()).lines.length <= 4);
  appendFileSync(path, '\nlast\n');
  assert.equal((await look()).lines.at(-1), 'last');
  rmSync(folder, { recursive: true });
});
