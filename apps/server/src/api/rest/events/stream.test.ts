import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Change } from '@vigie/contract';
import { FakeClock } from '../../../testing/fake-clock.ts';
import { EventStream, HEARTBEAT, MESSAGE_INTERVAL } from './stream.ts';

function change(id: string): Change {
  return { noun: 'check', project: 'p', id };
}

interface Client {
  clock: FakeClock;
  stream: EventStream;
  /** Messages as `<id> <event> <changed ids>`. */
  got: string[];
  /** Lets the client fall behind, or catch up. */
  slow(isSlow: boolean): void;
}

function client(): Client {
  const clock = new FakeClock(0);
  const got: string[] = [];
  let drain: (() => void) | null = null;
  let isSlow = false;
  const sink = {
    write(text: string) {
      got.push(shortForm(text));
      return !isSlow;
    },
    onDrain: (callback: () => void) => {
      drain = callback;
    },
    end: () => got.push('end'),
  };
  return {
    clock,
    stream: new EventStream(clock, sink),
    got,
    slow(slow) {
      isSlow = slow;
      if (!slow) drain?.();
    },
  };
}

function shortForm(text: string): string {
  const [, id, event, data = '{}'] = /^id: (.*)\nevent: (.*)\ndata: (.*)\n\n$/.exec(text) ?? [];
  if (id === undefined) return text.trim();
  const { changes = [] } = JSON.parse(data) as { changes?: Change[] };
  return [id, event, ...changes.map((one) => one.id)].join(' ');
}

describe('a stream of changes', () => {
  it('sends the first change at once and gathers the rest into four messages a second', async () => {
    const { clock, stream, got } = client();
    stream.add([change('a')], '1');
    await clock.advance(0);
    assert.deepEqual(got, ['1 change a']);
    for (let i = 0; i < 100; i++) {
      stream.add([change(`x${i % 3}`)], String(2 + i));
      await clock.advance(10);
    }
    assert.equal(got.length, 5);
    assert.equal(got[1], '26 change x0 x1 x2');
  });

  it('says once what changed several times', async () => {
    const { clock, stream, got } = client();
    stream.add([change('a'), change('a'), change('b')], '1');
    await clock.advance(0);
    assert.deepEqual(got, ['1 change a b']);
  });

  it('asks a client that falls behind to fetch everything, and goes on', async () => {
    const { clock, stream, got, slow } = client();
    slow(true);
    stream.add([change('a')], '1');
    await clock.advance(0);
    for (let i = 0; i < 1001; i++) stream.add([change(`x${i}`)], String(i + 2));
    await clock.advance(10 * MESSAGE_INTERVAL);
    assert.deepEqual(got, ['1 change a']);
    slow(false);
    await clock.advance(MESSAGE_INTERVAL);
    stream.add([change('b')], '2000');
    await clock.advance(MESSAGE_INTERVAL);
    assert.deepEqual(got, ['1 change a', '1002 resync', '2000 change b']);
  });

  it('shows a quiet connection to be alive', async () => {
    const { clock, got } = client();
    await clock.advance(2 * HEARTBEAT);
    assert.deepEqual(got, [': alive', ': alive']);
  });

  it('leaves no timer behind', async () => {
    const { clock, stream, got } = client();
    stream.add([change('a')], '1');
    stream.end();
    stream.end();
    await clock.advance(10 * HEARTBEAT);
    assert.deepEqual(got, ['end']);
  });
});
