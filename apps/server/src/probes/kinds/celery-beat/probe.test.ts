import assert from 'node:assert/strict';
import { mkdirSync, mkdtempDisposableSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { celeryBeat } from './probe.ts';

/** A schedule whose files were changed so many seconds ago. */
function schedule(files: Record<string, number>, bytes: Uint8Array = new Uint8Array()) {
  const folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-beat-'));
  const path = join(folder.path, 'celerybeat-schedule');
  for (const [suffix, age] of Object.entries(files)) {
    writeFileSync(path + suffix, bytes);
    const at = Date.now() / 1000 - age;
    utimesSync(path + suffix, at, at);
  }
  return { path, [Symbol.dispose]: () => folder.remove() };
}

test('the newest of the files that the dbm modules make counts', async () => {
  const cases: [files: Record<string, number>, age: number][] = [
    [{ '': 10 }, 10],
    [{ '.db': 20 }, 20],
    [{ '.dat': 500, '.dir': 30, '.bak': 400 }, 30],
    [{ '': 9_000, '.db': 359 }, 359],
  ];
  for (const [files, age] of cases) {
    using beat = schedule(files);
    const result = await probing(celeryBeat, { schedule: beat.path });
    assertWell(result);
    assert.ok(Math.abs((valuesOf(result)['celery_beat_schedule_age_seconds'] ?? 0) - age) < 3);
    assert.equal(result.details['beat_status'], 'healthy');
  }
});

test('too old is not well; how old that is follows the longest interval, or one’s own word', async () => {
  const cases: [settings: object, age: number, isWell: boolean][] = [
    [{}, 355, true],
    [{}, 365, false],
    [{ longest_interval: 30 }, 355, true],
    [{ longest_interval: 3_600 }, 3_770, true],
    [{ longest_interval: 3_600 }, 3_790, false],
    [{ max_age: 60 }, 50, true],
    [{ max_age: 60 }, 70, false],
  ];
  for (const [settings, age, isWell] of cases) {
    using beat = schedule({ '': age });
    const result = await probing(celeryBeat, { schedule: beat.path, ...settings });
    if (isWell) assertWell(result);
    else {
      assertFailed(result, 'unhealthy', new RegExp(`wrote .* ${age} s ago|wrote .* s ago, more than`));
      assert.equal(result.details['beat_status'], 'stale');
      assert.notEqual(valuesOf(result)['celery_beat_schedule_age_seconds'], undefined);
    }
  }
});

test('a Berkeley DB says nothing about beat: a matter of how it is installed', async () => {
  const header = Buffer.alloc(64);
  header.writeUInt32LE(0x00061561, 12);
  using beat = schedule({ '.db': 1_000 }, header);
  assertFailed(await probing(celeryBeat, { schedule: beat.path }), 'config', /python3-gdbm/);
  using fresh = schedule({ '.db': 1 }, header);
  assertWell(await probing(celeryBeat, { schedule: fresh.path }));
});

test('no file, a folder in its place, no path', async () => {
  using beat = schedule({});
  assertFailed(await probing(celeryBeat, { schedule: beat.path }), 'not_found', /there is no file/);
  mkdirSync(beat.path);
  assertFailed(await probing(celeryBeat, { schedule: beat.path }), 'not_found');
  assertFailed(await probing(celeryBeat, { schedule: `/${'x'.repeat(300)}` }), 'config', /ENAMETOOLONG/);
  for (const wrong of ['', 'celerybeat-schedule', '/tmp/', '/a\0b']) {
    assert.throws(() => celeryBeat.open({ schedule: wrong }));
  }
});
