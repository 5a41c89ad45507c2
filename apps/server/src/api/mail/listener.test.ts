import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { createInterface } from 'node:readline';
import { test } from 'node:test';
import { createTransport } from 'nodemailer';
import type { PingInput } from '../../checks/ping.ts';
import type { PingOutcome } from '../../checks/receive.ts';
import { AppError } from '../../errors.ts';
import { testContext } from '../../testing/test-context.ts';
import { startMailListener } from './listener.ts';

const PING_KEY = 'Abcdefghijklmnopqr-_12';
const OTHER_CODE = '00000000-0000-4000-8000-000000000000';

/** A listener over an empty store with one project; `make` makes a check of it. */
async function bench() {
  const stack = new AsyncDisposableStack();
  const { context, store, writer, clock } = stack.use(
    await testContext({
      VIGIE_HOST: '127.0.0.1',
      VIGIE_SMTP_PORT: '0',
      VIGIE_PING_EMAIL_DOMAIN: 'ping.test',
    }),
  );
  const { id: projectId } = await store.db
    .insertInto('projects')
    .values({
      code: 'p',
      name: 'p',
      ping_key: PING_KEY,
      badge_key: 'b',
      show_slugs: 0,
      environments: '["production"]',
      created_at: 0,
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  const outcomes: PingOutcome[] = [];
  const listener = await startMailListener(context, { onOutcome: (outcome) => outcomes.push(outcome) });
  stack.defer(() => listener.close());
  const make = async (fields: object = {}): Promise<string> => {
    const input = { projectId, code: null, fields, channels: null, match: null };
    return (await writer.run('checks.create', input)).check.code;
  };
  const client = createTransport({ pool: true, host: '127.0.0.1', port: listener.port, ignoreTLS: true });
  stack.defer(() => client.close());
  const send = (message: object) => client.sendMail({ from: 'job@example.org', ...message });
  const pings = () => store.db.selectFrom('pings').selectAll().orderBy('check_id').orderBy('n').execute();
  const { port } = listener;
  return {
    context,
    clock,
    port,
    outcomes,
    make,
    send,
    pings,
    [Symbol.asyncDispose]: () => stack.disposeAsync(),
  };
}

/** Speaks SMTP line by line; each entry of `lines` waits for the reply to the one before. */
async function dialogue(port: number, lines: string[]): Promise<string[]> {
  const socket = connect({ host: '127.0.0.1', port });
  const replies: string[] = [];
  const rest = [...lines];
  for await (const line of createInterface({ input: socket })) {
    if (line[3] === '-') continue;
    replies.push(line);
    const next = rest.shift();
    if (next === undefined) socket.end();
    else socket.write(`${next}\r\n`);
  }
  return replies;
}

test('a message is a ping, kept whole and byte for byte', async () => {
  await using b = await bench();
  const code = await b.make();
  const raw = `Subject: done\r\n\r\n.starts with a dot\r\n${'x'.repeat(20_000)}\r\n\xff\xfe\r\n`;
  await b.send({ envelope: { from: 'job@example.org', to: `${code.toUpperCase()}@ping.test` }, raw });
  const [ping] = await b.pings();
  assert.equal(Buffer.from(ping?.body ?? []).toString(), raw);
  const { kind, scheme, method, user_agent, remote_addr, rid } = ping ?? {};
  assert.deepEqual(
    { kind, scheme, method, user_agent, remote_addr, rid },
    {
      kind: 'success',
      scheme: 'email',
      method: '',
      user_agent: 'Email from job@example.org',
      remote_addr: '127.0.0.1',
      rid: null,
    },
  );
});

test('a check is reached by ping key and slug', async () => {
  await using b = await bench();
  await b.make({ name: 'Backup', slug: 'backup' });
  await b.send({ to: `${PING_KEY}+backup@ping.test`, text: 'x' });
  assert.deepEqual([(await b.pings()).length, b.outcomes], [1, ['ok']]);
});

test('each recipient is a ping of its own; those that name no check or several are dropped', async () => {
  await using b = await bench();
  const codes = [await b.make({ slug: 'twice' }), await b.make({ slug: 'twice' })];
  const to = [...codes, OTHER_CODE, `${PING_KEY}+twice`, `${PING_KEY}+none`].map((box) => `${box}@ping.test`);
  const { response } = await b.send({ to, text: 'x' });
  assert.equal(response, '250 OK');
  assert.deepEqual(b.outcomes, ['ok', 'ok', 'not_found', 'ambiguous', 'not_found']);
  assert.equal((await b.pings()).length, 2);
});

const FILTERS: [string, object, object, string][] = [
  ['no filter: a success', {}, { subject: 'FAILED' }, 'success'],
  ['the subject fails', { filter_subject: 1, failure_kw: 'FAILED' }, { subject: 'job FAILED' }, 'fail'],
  ['the body starts', { filter_body: 1, start_kw: 'starting' }, { text: 'now starting' }, 'start'],
  ['the body is not the subject', { filter_body: 1, failure_kw: 'FAILED' }, { subject: 'FAILED' }, 'ign'],
  [
    'nothing found fails where that is the default',
    { filter_subject: 1, success_kw: 'ok', filter_default_fail: 1 },
    { subject: 'x' },
    'fail',
  ],
  ['HTML counts', { filter_body: 1, success_kw: 'all good' }, { html: '<p>all <b>good</b></p>' }, 'success'],
  ['the filter of HTTP bodies does not apply', { filter_http_body: 1 }, { text: 'x' }, 'success'],
  ['the method filter does not apply', { methods: 'POST' }, { text: 'x' }, 'success'],
];

test('filters decide on the decoded subject and text', async () => {
  await using b = await bench();
  for (const [name, fields, message, kind] of FILTERS) {
    const code = await b.make(fields);
    await b.send({ to: `${code}@ping.test`, ...message });
    assert.equal((await b.pings()).at(-1)?.kind, kind, name);
  }
});

test('a recipient that cannot be a check is refused, and the others are not', async () => {
  await using b = await bench();
  const code = await b.make();
  const replies = await dialogue(b.port, [
    'EHLO x',
    'MAIL FROM:<>',
    `RCPT TO:<${code}@elsewhere.test>`,
    'RCPT TO:<nobody@ping.test>',
    `RCPT TO:<${code}@ping.test>`,
    'DATA',
    'Subject: x\r\n\r\nbody\r\n.',
    'QUIT',
  ]);
  assert.deepEqual(replies.slice(3, 8), [
    '550 5.1.1 Recipient rejected',
    '550 5.1.1 Invalid mailbox',
    '250 Accepted',
    '354 End data with <CR><LF>.<CR><LF>',
    '250 OK',
  ]);
  assert.equal((await b.pings())[0]?.user_agent, 'Email from ');
});

test('neither authentication nor STARTTLS is offered, and the size limit is told', async () => {
  await using b = await bench();
  const socket = connect({ host: '127.0.0.1', port: b.port });
  await once(socket, 'data');
  socket.write('EHLO x\r\n');
  const [reply] = (await once(socket, 'data')) as [Buffer];
  socket.end('QUIT\r\n');
  assert.match(reply.toString(), /SIZE 33554432/);
  assert.doesNotMatch(reply.toString(), /AUTH|STARTTLS/);
});

test('a message that is declared too large is refused at once', async () => {
  await using b = await bench();
  const replies = await dialogue(b.port, ['EHLO x', 'MAIL FROM:<a@b.c> SIZE=33554433']);
  assert.match(replies[2] ?? '', /^552 /);
});

test('no message is answered 250 while the store cannot write', async () => {
  await using b = await bench();
  const code = await b.make();
  b.context.writer.run = async () => {
    throw new AppError('unavailable', 'the store cannot write: disk full');
  };
  await assert.rejects(b.send({ to: `${code}@ping.test`, text: 'x' }), {
    responseCode: 451,
    response: '451 4.3.0 The ping could not be recorded, try again later',
  });
});

test('250 is answered only once the ping is durable', async () => {
  await using b = await bench();
  const code = await b.make();
  const { promise: durable, resolve: commit } = Promise.withResolvers<PingOutcome>();
  const { promise: seen, resolve: see } = Promise.withResolvers<PingInput>();
  b.context.writer.run = (async (_: string, input: PingInput) => {
    see(input);
    return durable;
  }) as typeof b.context.writer.run;
  let answered = false;
  const sent = b.send({ to: `${code}@ping.test`, subject: 'hi', text: 'x' }).then(() => {
    answered = true;
  });
  assert.equal((await seen).mail?.subject, 'hi');
  assert.equal(answered, false);
  commit('ok');
  await sent;
});

test('a connection that lasts too long is ended', async () => {
  await using b = await bench();
  const socket = connect({ host: '127.0.0.1', port: b.port });
  await once(socket, 'data');
  const [said, closed] = [once(socket, 'data'), once(socket, 'close')];
  await b.clock.advance(15 * 60_000);
  assert.match(String((await said)[0]), /^421 4\.4\.2 /);
  await closed;
});

test('a port that is taken stops the start with its reason', async () => {
  await using b = await bench();
  await using other = await testContext({ VIGIE_HOST: '127.0.0.1', VIGIE_SMTP_PORT: String(b.port) });
  await assert.rejects(startMailListener(other.context), { code: 'EADDRINUSE' });
});
