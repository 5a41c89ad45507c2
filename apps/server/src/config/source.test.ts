import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { processSource } from './source.ts';

test('the process gives its environment and files, but no endless one', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-config-'));
  try {
    const source = processSource(['--port=1']);
    const [short, long] = [join(folder, 'short'), join(folder, 'long')];
    writeFileSync(short, 'text');
    writeFileSync(long, 'x'.repeat(1024 * 1024 + 1));
    assert.deepEqual(source.argv, ['--port=1']);
    assert.equal(source.env, process.env);
    assert.equal(source.readFile(short), 'text');
    assert.deepEqual([source.fileExists(short), source.fileExists(join(folder, 'none'))], [true, false]);
    assert.throws(() => source.readFile(long), /more than a settings file/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
