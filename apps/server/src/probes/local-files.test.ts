import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { allowedPath, localPath, openAllowed } from './local-files.ts';

test('paths are whole and go nowhere else', () => {
  for (const path of ['/var/log/a b.log', '/']) assert.equal(localPath().safeParse(path).success, true, path);
  for (const path of ['', 'a', '../a', '/var/../etc/shadow', '/a\0b', `/${'a'.repeat(5_000)}`]) {
    assert.equal(localPath().safeParse(path).success, false, path);
  }
});

test('the server’s own data, the kernel’s and links to them are out of bounds', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-local-files-'));
  const at = (...parts: string[]): string => join(folder, ...parts);
  mkdirSync(at('data', 'deep'), { recursive: true });
  writeFileSync(at('data', 'secret_key'), 'k');
  writeFileSync(at('data', 'deep', 'file'), 'x');
  writeFileSync(at('free'), 'x');
  symlinkSync(at('data', 'secret_key'), at('link'));
  symlinkSync('/proc/self/environ', at('environment'));
  execFileSync('mkfifo', [at('pipe')]);
  assert.equal(await allowedPath(at('free')), at('free'));
  for (const path of ['data/secret_key', 'data/deep/file', 'link', 'environment']) {
    await assert.rejects(allowedPath(at(path)), { reason: 'config' }, path);
  }
  await assert.rejects(allowedPath(at('none')), { reason: 'not_found' });
  await assert.rejects(openAllowed(at('pipe')), { reason: 'config' });
  await assert.rejects(openAllowed(folder), { reason: 'config' });
  await (await openAllowed(at('free'))).close();
  rmSync(folder, { recursive: true });
});
