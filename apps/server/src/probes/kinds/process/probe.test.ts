import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { process as kind } from './probe.ts';

/** Nobody else's argument. */
const MARK = `vigie-process-test-${globalThis.process.pid}`;

test('a process is found by its command line, and missed when it is gone', async () => {
  const child = spawn(globalThis.process.execPath, [
    '-e',
    'setInterval(() => {}, 1e6); console.log(1)',
    MARK,
    '--token=abc123',
  ]);
  await once(child.stdout, 'data');
  const look = (pattern: string, more = {}) => probing(kind, { name: 'sleeper', pattern, ...more });
  const result = await look(`${MARK}.*token`);
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['namedprocess_namegroup_num_procs{groupname="sleeper"}'], 1);
  assert.ok(
    (values['namedprocess_namegroup_memory_bytes{groupname="sleeper",memtype="resident"}'] ?? 0) > 1e6,
  );
  const started = values['namedprocess_namegroup_oldest_start_time_seconds{groupname="sleeper"}'] ?? 0;
  assert.ok(Math.abs(started - Date.now() / 1000) < 60, String(started));
  assertFailed(await look(MARK, { min: 2 }), 'unhealthy', /1 processes of sleeper run, at least 2 should/);
  assertFailed(await look(MARK, { min: 0, max: 0 }), 'unhealthy');
  // What looks like a secret cannot be guessed.
  assertFailed(await look(`${MARK}.*abc123`), 'unhealthy', /^0 /);
  child.kill();
  await once(child, 'exit');
  assertFailed(await look(MARK), 'unhealthy', /^0 /);
});

test('our own process is nobody’s', async () => {
  const proc = mkdtempSync(join(tmpdir(), 'vigie-proc-'));
  for (const pid of [globalThis.process.pid, 1]) {
    mkdirSync(join(proc, String(pid)));
    writeFileSync(join(proc, String(pid), 'cmdline'), 'node\0server\0');
    writeFileSync(join(proc, String(pid), 'stat'), `${pid} (node) S ${'1 '.repeat(40)}`);
  }
  const result = await probing(kind, { name: 'node', pattern: '^node server$', proc });
  assertWell(result);
  assert.equal(result.details['processes'], 1);
  rmSync(proc, { recursive: true });
});

test('settings that do not fit, and a machine without /proc', async () => {
  assert.throws(() => kind.open({ name: 'x', pattern: '(' }), /RE2/);
  assertFailed(await probing(kind, { name: 'x', pattern: 'y', proc: '/nowhere' }), 'config');
});
