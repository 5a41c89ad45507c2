import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { backup } from './probe.ts';

/** A folder with backups; `put` gives one an age in hours and a size. */
function folderOf(): { path: string; put(name: string, age: number, size: number): void } & Disposable {
  const path = mkdtempSync(join(tmpdir(), 'vigie-backup-probe-'));
  return {
    path,
    put(name, age, size) {
      mkdirSync(join(path, name, '..'), { recursive: true });
      writeFileSync(join(path, name), 'x'.repeat(size));
      const seconds = Date.now() / 1000 - age * 3_600;
      utimesSync(join(path, name), seconds, seconds);
    },
    [Symbol.dispose]: () => rmSync(path, { recursive: true }),
  };
}

test('the newest file of a pattern, over folders', async () => {
  using folder = folderOf();
  const look = (more = {}) => probing(backup, { files: join(folder.path, '20*/db-*.dump'), ...more });
  assertFailed(await look(), 'not_found', /no file is like/);
  folder.put('2026-01/db-1.dump', 30, 1_000);
  folder.put('2026-02/db-2.dump', 2, 900);
  folder.put('2026-02/other.txt', 0, 5);
  symlinkSync(join(folder.path, 'nowhere'), join(folder.path, '2026-02', 'db-link.dump'));
  const result = await look();
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['backup_size_bytes'], 900);
  assert.equal(values['backup_files'], 2);
  assert.ok(Math.abs((values['backup_age_seconds'] ?? 0) - 7_200) < 60);
  assert.equal(result.details['newest'], join(folder.path, '2026-02/db-2.dump'));
  const late = await look({ max_age_hours: 1 });
  assertFailed(late, 'unhealthy', /2\.0 h old, more than 1 h/);
  assert.ok((valuesOf(late)['backup_age_seconds'] ?? 0) > 7_000);
  assertFailed(await look({ min_bytes: 901 }), 'unhealthy', /900 bytes/);
  assertFailed(await look({ min_percent_of_previous: 91 }), 'unhealthy', /90 %/);
  // The newest is being written, as far as this says: the one before is too old.
  assertFailed(await look({ settled_after_minutes: 180 }), 'unhealthy', /db-1\.dump, is 30\.0 h old/);
});

test('a file that grows is no backup yet: the one before counts', async () => {
  using folder = folderOf();
  const memory = new Map<string, unknown>();
  const look = () => probing(backup, { files: join(folder.path, '*') }, { memory });
  folder.put('b', 0.2, 100);
  assertWell(await look());
  folder.put('b', 0.1, 200);
  assertFailed(await look(), 'unhealthy', /the only backup, .*b, is being written/);
  folder.put('a', 20, 150);
  folder.put('b', 0.05, 300);
  const growing = await look();
  assertWell(growing);
  assert.equal(valuesOf(growing)['backup_growing'], 1);
  assert.equal(valuesOf(growing)['backup_size_bytes'], 150);
  folder.put('a', 30, 150);
  folder.put('b', 0.01, 400);
  assertFailed(await look(), 'unhealthy', /a, is 30\.0 h old/);
  assertWell(await look());
});

test('places that nobody looks at, and settings that do not fit', async () => {
  using folder = folderOf();
  folder.put('secret_key', 0, 64);
  assertFailed(await probing(backup, { files: join(folder.path, '*') }), 'config', /own data/);
  assertFailed(await probing(backup, { files: '/proc/self/*' }), 'config');
  assertFailed(await probing(backup, { files: '/nowhere/*' }), 'not_found');
  for (const files of ['', 'relative', '/a/**/b', '/a/../b'])
    assert.throws(() => backup.open({ files }), files);
});
