import assert from 'node:assert/strict';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { assertFailed, probing } from '../../testing/probing.ts';
import { icmp } from './probe.ts';

/** Runs while the only `ping` is a script. */
async function withPing(script: string | null, mode: number, work: () => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-ping-'));
  const path = process.env['PATH'];
  if (script !== null) {
    writeFileSync(join(folder, 'ping'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'ping'), mode);
  }
  process.env['PATH'] = folder;
  try {
    await work();
  } finally {
    process.env['PATH'] = path;
    rmSync(folder, { recursive: true });
  }
}

const settings = { host: '127.0.0.1' };

test('a ping that is not there, may not be started, hangs or says nonsense', async () => {
  const cases: [string | null, number, string, RegExp][] = [
    [null, 0, 'config', /not installed/],
    ['exit 0', 0o600, 'config', /may not start ping/],
    ['exec /bin/sleep 10', 0o700, 'timeout', /\(ping\)/],
    ['echo nonsense', 0o700, 'internal', /nonsense/],
    ['echo "ping: socket: Operation not permitted" >&2; exit 2', 0o700, 'config', /NET_RAW/],
    ['kill -9 $$', 0o700, 'internal', /it said nothing/],
  ];
  for (const [script, mode, reason, message] of cases) {
    await withPing(script, mode, async () => {
      const limits = reason === 'timeout' ? { timeout: 400 } : {};
      assertFailed(await probing(icmp, settings, limits), reason, message);
    });
  }
});

test('a ping that hangs is ended with the run', async () => {
  const file = join(tmpdir(), `vigie-ping-${process.pid}`);
  await withPing(`echo $$ > ${file}; exec /bin/sleep 10`, 0o700, async () => {
    assertFailed(await probing(icmp, settings, { timeout: 300 }), 'timeout');
  });
  const pid = Number(readFileSync(file, 'utf8'));
  rmSync(file);
  const isThere = (): boolean => existsSync(`/proc/${pid}`);
  for (const end = performance.now() + 2_000; isThere() && performance.now() < end; ) await delay(10);
  assert.equal(isThere(), false);
});

test('an address that may not be reached is not pinged', async () => {
  await withPing(null, 0, async () => {
    assertFailed(await probing(icmp, { host: '169.254.169.254' }), 'config', /refused/);
    assertFailed(await probing(icmp, { host: 'nowhere.invalid' }), 'dns');
  });
});
