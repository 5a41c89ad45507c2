import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { settingUp } from '../start-error.ts';
import { makeDataDir } from './data-dir.ts';
import { lockDataDir } from './lock.ts';

const folder = mkdtempSync(join(tmpdir(), 'vigie-data-dir-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('a data directory is made for its owner alone, with those above it, and stays as it is', () => {
  const path = join(folder, 'a/b/c');
  makeDataDir(path);
  makeDataDir(`${path}/`);
  for (const made of [path, join(folder, 'a')]) assert.equal(statSync(made).mode & 0o777, 0o700);
});

writeFileSync(join(folder, 'file'), '');
symlinkSync(join(folder, 'nowhere'), join(folder, 'dangling'));

const IMPOSSIBLE: [path: string, reason: string][] = [
  ['/proc/vigie/data', 'it cannot be made'],
  [join(folder, 'file'), 'it is not a directory'],
  [join(folder, 'file/data'), 'it is not a directory'],
  [join(folder, 'dangling'), 'it is not a directory'],
];

for (const [path, reason] of IMPOSSIBLE) {
  test(`${path} is refused: ${reason}`, async () => {
    await assert.rejects(
      settingUp('VIGIE_DATA_DIR', path, () => makeDataDir(path)),
      { name: 'StartError', message: `VIGIE_DATA_DIR=${path}: ${reason}` },
    );
  });
}

test('a data directory that nobody can write to is told as that', () => {
  const expected = { name: 'StartError', message: 'the data directory /proc cannot be written to' };
  assert.throws(() => lockDataDir('/proc'), expected);
});
