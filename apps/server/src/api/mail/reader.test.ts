import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FakeClock } from '../../testing/fake-clock.ts';
import { MailReader } from './reader.ts';

const NOTHING = { subject: '', text: '' };

/** A reader whose thread runs `body` for each message `raw`. */
function readerThat(body: string, clock = new FakeClock(0)): MailReader & AsyncDisposable {
  const module = `import { parentPort } from 'node:worker_threads';
    parentPort.on('message', (raw) => { ${body} });`;
  const reader = new MailReader(clock, new URL(`data:text/javascript,${encodeURIComponent(module)}`));
  return Object.assign(reader, { [Symbol.asyncDispose]: () => reader.close() });
}

const mail = (text: string): Uint8Array => Buffer.from(text);
const ECHO = `parentPort.postMessage({ subject: String(raw.length), text: '' });`;

test('messages are read one after the other, each by its own text', async () => {
  const reader = new MailReader(new FakeClock(0));
  try {
    const texts = await Promise.all(['a', 'b'].map((text) => reader.read(mail(`Subject: ${text}\r\n\r\n`))));
    assert.deepEqual(
      texts.map(({ subject }) => subject),
      ['a', 'b'],
    );
  } finally {
    await reader.close();
  }
});

test('a message that breaks the parser reads as empty, and the next one is read again', async () => {
  await using reader = readerThat(
    `if (raw.length === 1) setImmediate(() => { throw new Error() }); else ${ECHO}`,
  );
  assert.deepEqual(await reader.read(mail('x')), NOTHING);
  assert.equal((await reader.read(mail('xx'))).subject, '2');
});

test('a message that takes too long reads as empty, and the next one is read again', async () => {
  const clock = new FakeClock(0);
  await using reader = readerThat(`if (raw.length === 1) while (true); else ${ECHO}`, clock);
  await reader.read(mail('warm'));
  const stuck = reader.read(mail('x'));
  await clock.advance(0);
  await clock.advance(5_000);
  assert.deepEqual(await stuck, NOTHING);
  assert.equal((await reader.read(mail('xx'))).subject, '2');
});

test('only the first mebibyte of a message is read', async () => {
  await using reader = readerThat(ECHO);
  assert.equal((await reader.read(new Uint8Array(3_000_000))).subject, '1048576');
});
