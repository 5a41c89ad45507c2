import assert from 'node:assert/strict';
import { Readable } from 'node:stream';
import { test } from 'node:test';
import { MESSAGE_LIMIT, MessageStore } from './message.ts';

const MEGABYTE = 1_048_576;

/** A message of so many bytes, in chunks. */
function message(size: number): Readable {
  const chunks = Array.from({ length: Math.ceil(size / MEGABYTE) }, (_, i) =>
    Buffer.alloc(Math.min(MEGABYTE, size - i * MEGABYTE)),
  );
  return Readable.from(chunks);
}

test('a message of exactly the limit is taken, one byte more is not', async () => {
  const store = new MessageStore();
  assert.equal((await store.receive(message(MESSAGE_LIMIT))).length, MESSAGE_LIMIT);
  assert.equal(await store.receive(message(MESSAGE_LIMIT + 1)), 'too large');
});

test('messages beyond what may be held at once are refused until one is released', async () => {
  const store = new MessageStore();
  const held = [];
  for (let i = 0; i < 4; i++) held.push(await store.receive(message(MESSAGE_LIMIT)));
  assert.equal(await store.receive(message(1)), 'too much at once');
  const [first] = held;
  assert.ok(first instanceof Uint8Array);
  store.release(first);
  assert.equal((await store.receive(message(1))).length, 1);
});

test('what was refused or broke off is not held', async () => {
  const store = new MessageStore();
  for (let i = 0; i < 5; i++) assert.equal(await store.receive(message(MESSAGE_LIMIT + 1)), 'too large');
  const broken = Readable.from(
    (function* () {
      yield Buffer.alloc(MESSAGE_LIMIT);
      throw new Error('gone');
    })(),
  );
  await assert.rejects(store.receive(broken), /gone/);
  for (let i = 0; i < 4; i++)
    assert.equal((await store.receive(message(MESSAGE_LIMIT))).length, MESSAGE_LIMIT);
});
