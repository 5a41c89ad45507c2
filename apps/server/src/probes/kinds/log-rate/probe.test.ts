import assert from 'node:assert/strict';
import { appendFileSync, chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { logRate } from './probe.ts';

test('matches since the last run, and since the first', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-log-rate-'));
  const file = join(folder, 'app.log');
  const memory = new Map<string, unknown>();
  const look = async () => {
    const result = await probing(
      logRate,
      { file, patterns: { error: 'ERROR|FATAL', slow: 'took [0-9]{4,} ms' } },
      { memory },
    );
    assertWell(result);
    return valuesOf(result);
  };
  writeFileSync(file, 'ERROR from before\n');
  assert.equal((await look())['log_pattern_matches{pattern="error"}'], 0);
  appendFileSync(file, 'INFO ok\nERROR a\nFATAL took 1234 ms\n');
  const values = await look();
  assert.equal(values['log_pattern_matches{pattern="error"}'], 2);
  assert.equal(values['log_pattern_matches{pattern="slow"}'], 1);
  appendFileSync(file, 'ERROR b\n');
  const after = await look();
  assert.equal(after['log_pattern_matches{pattern="error"}'], 1);
  assert.equal(after['log_pattern_matches_total{pattern="error"}'], 3);
  assert.equal(after['log_lines_total'], 4);
  rmSync(folder, { recursive: true });
});

test('a file that is missing, ours or no file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-log-rate-'));
  const at = (file: string) => ({ file, patterns: { any: '.' } });
  assertFailed(await probing(logRate, at(join(folder, 'none'))), 'not_found');
  assertFailed(await probing(logRate, at(folder)), 'config', /not a regular file/);
  assertFailed(await probing(logRate, at('/proc/self/environ')), 'config');
  writeFileSync(join(folder, 'secret_key'), 'k');
  assertFailed(await probing(logRate, at(join(folder, 'secret_key'))), 'config', /own data/);
  if (process.getuid?.() !== 0) {
    writeFileSync(join(folder, 'closed'), 'x');
    chmodSync(join(folder, 'closed'), 0);
    assertFailed(await probing(logRate, at(join(folder, 'closed'))), 'forbidden');
  }
  assert.throws(() => logRate.open({ file: '/a', patterns: { x: '(' } }), /RE2/);
  assert.throws(() => logRate.open({ file: '/a', patterns: {} }), /1 to 20/);
  rmSync(folder, { recursive: true });
});
