import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { openText, sealText } from './sealed-text.ts';

describe('a sealed text', () => {
  const sealed = sealText('key', 'alice', 'the secret');

  it('opens for its owner under its key', () => {
    assert.equal(openText('key', 'alice', sealed), 'the secret');
    assert.notEqual(sealText('key', 'alice', 'the secret'), sealed);
  });

  it('opens neither for another owner, nor under another key, nor when it was changed', () => {
    const bytes = Buffer.from(sealed, 'base64url');
    const changed = bytes.map((byte, i) => (i === bytes.length - 1 ? byte ^ 1 : byte));
    const closed = /does not open/;
    assert.throws(() => openText('key', 'bob', sealed), closed);
    assert.throws(() => openText('other key', 'alice', sealed), closed);
    assert.throws(() => openText('key', 'alice', Buffer.from(changed).toString('base64url')), closed);
    assert.throws(() => openText('key', 'alice', ''), closed);
  });
});
