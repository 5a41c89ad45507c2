import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir, totalmem } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { host } from './probe.ts';

test('this machine, as others count it', async () => {
  const memory = new Map<string, unknown>();
  const result = await probing(host, { mounts: ['/'] }, { memory });
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['node_memory_MemTotal_bytes'], totalmem());
  assert.equal(result.details['cpus'], cpus().length);
  assert.ok((values['node_cpu_seconds_total{cpu="0",mode="idle"}'] ?? 0) > 0);
  const [, size] = execFileSync('df', ['-B1', '--output=size', '/'], { encoding: 'utf8' }).trim().split('\n');
  assert.equal(values['node_filesystem_size_bytes{mountpoint="/"}'], Number(size));
  const free = values['node_filesystem_free_bytes{mountpoint="/"}'] ?? 0;
  assert.ok((values['node_filesystem_avail_bytes{mountpoint="/"}'] ?? 0) <= free);
  assert.ok((values['node_network_receive_bytes_total{device="lo"}'] ?? -1) >= 0);
  assert.equal(values['node_cpu_busy_ratio'], undefined);
});

test('how busy it is comes from two readings; counters that begin anew say nothing', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-proc-'));
  const memory = new Map<string, unknown>();
  const look = async (user: number, idle: number) => {
    writeFileSync(join(folder, 'stat'), `cpu0 ${user} 0 0 ${idle} 0 0 0 0 0 0\n`);
    writeFileSync(join(folder, 'loadavg'), '6.00 0.20 0.30 1/100 1\n');
    writeFileSync(join(folder, 'meminfo'), 'MemTotal: 1000 kB\nMemAvailable: 250 kB\n');
    const result = await probing(host, { mounts: [], proc: folder }, { memory });
    assertWell(result);
    return valuesOf(result);
  };
  assert.equal((await look(1_000, 1_000))['node_cpu_busy_ratio'], undefined);
  const values = await look(1_075, 1_025);
  assert.equal(values['node_cpu_busy_ratio'], 0.75);
  assert.equal(values['node_memory_available_ratio'], 0.25);
  assert.equal(values['node_load1_per_cpu'], 6);
  assert.equal((await look(10, 10))['node_cpu_busy_ratio'], undefined);
  rmSync(folder, { recursive: true });
});

test('what is not there is told', async () => {
  assertFailed(await probing(host, { mounts: ['/nowhere/at/all'] }), 'not_found', /no \/nowhere/);
  assertFailed(await probing(host, { proc: '/nowhere' }), 'config', /Linux/);
  assert.throws(() => host.open({ mounts: ['relative'] }));
});
