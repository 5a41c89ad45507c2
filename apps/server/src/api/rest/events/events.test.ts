import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { ChangeEvent } from '@vigie/contract';
import type { FakeClock } from '../../../testing/fake-clock.ts';
import { make } from '../../../testing/rest-checks.ts';
import { type Caller, type RestServer, restServer } from '../../../testing/rest-server.ts';
import { MESSAGE_INTERVAL } from './stream.ts';

interface Message {
  id: string;
  event: string;
  changes: ChangeEvent['changes'];
}

interface Reader extends AsyncDisposable {
  status: number;
  /** The next message; null at the end of the stream. */
  next(): Promise<Message | null>;
  /** The id given at the beginning. */
  first: string;
}

/** Opens the stream over a real connection. */
async function open(server: RestServer, caller: Caller, lastId?: string): Promise<Reader> {
  if (!server.app.server.listening) await server.app.listen({ port: 0, host: '127.0.0.1' });
  const address = server.app.server.address();
  const port = typeof address === 'object' ? address?.port : 0;
  const stop = new AbortController();
  const response = await fetch(`http://127.0.0.1:${port}/api/vigie/events`, {
    headers: {
      ...server.headersOf(caller),
      ...(lastId === undefined ? {} : { 'last-event-id': lastId }),
    },
    signal: stop.signal,
  });
  const parts = blocks(response);
  const begin = response.status === 200 ? await parts.next() : undefined;
  return {
    status: response.status,
    first: /id: (.*)/.exec(begin?.value ?? '')?.[1] ?? '',
    async next() {
      for (;;) {
        const { value, done } = await meanwhile(server.clock, parts.next());
        if (done) return null;
        const [, id = '', event = '', data = ''] = /^id: (.*)\nevent: (.*)\ndata: (.*)$/.exec(value) ?? [];
        if (event !== '') return { id, event, changes: (JSON.parse(data) as ChangeEvent).changes ?? [] };
      }
    },
    async [Symbol.asyncDispose]() {
      stop.abort();
    },
  };
}

/** Lets time pass until something comes: what is looked up first takes its time, too. */
async function meanwhile<T>(clock: FakeClock, promise: Promise<T>): Promise<T> {
  let waiting = true;
  const result = promise.finally(() => {
    waiting = false;
  });
  while (waiting) await clock.advance(MESSAGE_INTERVAL);
  return result;
}

async function* blocks(response: Response): AsyncGenerator<string> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const parts = text.split('\n\n');
    text = parts.pop() ?? '';
    yield* parts;
  }
}

describe('the event stream', () => {
  it('tells members what changed, and readers without the UUID that pings', async () => {
    await using server = await restServer();
    await using bob = await open(server, 'bob');
    await using key = await open(server, 'read');
    await using charlie = await open(server, 'charlie');
    const check = await make(server, {});
    const message = await bob.next();
    assert.equal(message?.event, 'change');
    assert.deepEqual(message?.changes, [{ noun: 'check', project: server.project.code, id: check.id }]);
    const [seen] = (await key.next())?.changes ?? [];
    assert.match(seen?.id ?? '', /^[0-9a-f]{40}$/);
    await server.call('charlie', 'POST', '/projects', { name: "Charlie's" });
    // The first that a stranger hears of is a project of their own.
    assert.equal((await charlie.next())?.event, 'resync');
  });

  it('goes on from the last id that the client saw', async () => {
    await using server = await restServer();
    await using first = await open(server, 'bob');
    const one = await make(server, { name: 'one' });
    const seen = await first.next();
    assert.equal(seen?.changes[0]?.id, one.id);
    const two = await make(server, { name: 'two' });
    await using again = await open(server, 'bob', seen?.id);
    const missed = await again.next();
    assert.deepEqual(
      missed?.changes.map((change) => change.id),
      [two.id],
    );
    assert.ok(Number(missed?.id) > Number(seen?.id));
  });

  it('tells a client that comes from elsewhere to fetch everything', async () => {
    await using server = await restServer();
    await using reader = await open(server, 'bob', '17.9');
    assert.equal((await reader.next())?.event, 'resync');
  });

  it('ends for whoever may see nothing any more', async () => {
    await using server = await restServer();
    await using reader = await open(server, 'read');
    const path = `/projects/${server.project.code}/keys`;
    const { body } = await server.call<{ items: { id: string; name: string }[] }>('bob', 'GET', path);
    const id = body.items.find((one) => one.name === 'read')?.id;
    await server.call('bob', 'DELETE', `${path}/${id}`);
    while ((await reader.next()) !== null);
  });

  it('tells whoever was taken out of a project, even when the change itself did not', {
    timeout: 10_000,
  }, async () => {
    await using server = await restServer();
    await using bob = await open(server, 'bob');
    await server.context.store.db
      .deleteFrom('members')
      .where('project_id', '=', server.project.id)
      .where('role', '=', 'member')
      .execute();
    const { code } = server.project;
    assert.deepEqual((await bob.next())?.changes, [{ noun: 'project', project: code, id: code }]);
  });

  it('ends when the server does', async () => {
    const server = await restServer();
    await using reader = await open(server, 'bob');
    await server[Symbol.asyncDispose]();
    assert.equal(await reader.next(), null);
  });

  it('is closed to strangers', async () => {
    await using server = await restServer();
    assert.equal((await open(server, 'nobody')).status, 401);
  });
});
