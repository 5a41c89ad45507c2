import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { secretKeyFor } from './secret-key.ts';

const root = mkdtempSync(join(tmpdir(), 'vigie-secret-'));
after(() => rmSync(root, { recursive: true, force: true }));

test('a generated key is kept, for its owner alone', () => {
  const key = secretKeyFor(null, root);
  assert.match(key, /^[0-9a-f]{64}$/);
  assert.equal(secretKeyFor(null, root), key);
  assert.equal(statSync(join(root, 'secret_key')).mode & 0o777, 0o600);
});

test('a configured key wins', () => assert.equal(secretKeyFor('mine', root), 'mine'));

for (const torn of ['', '\n', '0123456789abcdef']) {
  test(`a kept key of ${torn.trim().length} characters is torn and refused`, () => {
    writeFileSync(join(root, 'secret_key'), torn);
    assert.throws(() => secretKeyFor(null, root), /secret_key is torn/);
  });
}
