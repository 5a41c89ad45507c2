import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { createClient } from 'redis';
import { redis } from '../../src/probes/kinds/redis/probe.ts';
import { certificates } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { freePort } from '../support/free-port.ts';
import { startRedis } from '../support/peers/redis.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { until } from '../support/until.ts';

/** Runs commands as a user of the server would. */
async function commands(url: string, ...all: string[][]): Promise<unknown[]> {
  const client = createClient({ url, RESP: 2 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    const answers: unknown[] = [];
    for (const words of all) answers.push(await client.sendCommand(words));
    return answers;
  } finally {
    client.destroy();
  }
}

test('a Redis is well, with what it holds', async () => {
  await using server = await startRedis({ maxmemory: '100mb' });
  await commands(
    `${server.url}/3`,
    ['SET', 'a', 'text'],
    ['SET', 'b', '1', 'EX', '1000'],
    ['RPUSH', 'jobs', '1', '2', '3'],
  );
  const result = await probing(redis, {
    url: `${server.url}/3`,
    databases: [0, 3],
    keys: ['jobs', 'a', 'none'],
  });
  assertWell(result);
  const values = valuesOf(result);
  assert.equal(values['redis_db_keys{db="db3"}'], 3);
  assert.equal(values['redis_db_keys_expiring{db="db3"}'], 1);
  assert.equal(values['redis_db_keys{db="db0"}'], 0);
  assert.equal(values['redis_key_size{db="db3",key="jobs"}'], 3);
  assert.equal(values['redis_key_size{db="db3",key="a"}'], 4);
  assert.equal(values['redis_key_size{db="db3",key="none"}'], 0);
  assert.equal(values['redis_memory_max_bytes'], 100 * 1024 * 1024);
  assert.equal(values['redis_connected_clients'], 1);
  assert.ok((values['redis_memory_used_ratio'] ?? 0) > 0 && (values['redis_memory_used_ratio'] ?? 1) < 0.1);
  assert.deepEqual(result.details['databases'], {
    db0: { keys: 0, expires: 0 },
    db3: { keys: 3, expires: 1 },
  });
  assert.match(String(result.details['version']), /^\d+\.\d+/);
  assert.deepEqual(
    result.phases.map(([name]) => name),
    ['resolve', 'connect', 'auth', 'ping', 'query'],
  );
});

test('without a limit of its memory there is nothing to be near to', async () => {
  await using server = await startRedis();
  const values = valuesOf(await probing(redis, { url: server.url }));
  assert.equal(values['redis_memory_max_bytes'], undefined);
  assert.equal(values['redis_memory_used_ratio'], undefined);
});

test('TLS with an authority of one’s own, on a server that takes nothing else', async () => {
  const { ca, good } = certificates();
  using folder = tempFolder('redis-tls');
  const file = (name: string, text: string): string => {
    const path = join(folder.path, name);
    writeFileSync(path, text);
    return path;
  };
  const port = await freePort();
  await using _ = await startRedis({
    'tls-port': String(port),
    'tls-cert-file': file('cert.pem', good.cert),
    'tls-key-file': file('key.pem', good.key),
    'tls-ca-cert-file': file('ca.pem', ca),
    'tls-auth-clients': 'no',
  });
  const url = `rediss://localhost:${port}`;
  assertWell(await probing(redis, { url, tls_ca: ca }));
  assertFailed(await probing(redis, { url }), 'tls', /not trusted/);
  assertFailed(await probing(redis, { url: `redis://localhost:${port}` }), 'protocol');
});

test('it leaves no connection behind', async () => {
  await using server = await startRedis();
  for (let run = 0; run < 20; run++) assertWell(await probing(redis, { url: server.url }));
  await until('the probe is gone', 2_000, async () => {
    const [clients] = await commands(server.url, ['CLIENT', 'LIST']);
    return String(clients).trim().split('\n').length === 1;
  });
});

test('users and passwords: right, wrong, none, superfluous', async () => {
  await using server = await startRedis({ requirepass: 'p@ss:word' });
  const at = `127.0.0.1:${server.port}`;
  assertWell(await probing(redis, { url: `redis://:p%40ss%3Aword@${at}` }));
  assertWell(await probing(redis, { url: `redis://default:p%40ss%3Aword@${at}` }));
  const secret = { secret: (name: string) => (name === 'REDIS' ? 'p%40ss%3Aword' : undefined) };
  // biome-ignore lint/suspicious/noTemplateCurlyInString: a reference to a secret, as settings hold it
  assertWell(await probing(redis, { url: `redis://:${'${secret:REDIS}'}@${at}` }, secret));
  const said = assertFailed(await probing(redis, { url: `redis://:hidden@${at}` }), 'auth', /WRONGPASS/);
  assert.doesNotMatch(said, /hidden/);
  assertFailed(await probing(redis, { url: `redis://nobody:hidden@${at}` }), 'auth', /WRONGPASS/);
  assertFailed(await probing(redis, { url: `redis://${at}` }), 'auth', /answered PING with: NOAUTH/);
  await using open = await startRedis();
  assertFailed(
    await probing(redis, { url: `redis://:p@127.0.0.1:${open.port}` }),
    'auth',
    /without any password/,
  );
});

test('rights: a user without INFO, one with exactly those that the manual names', async () => {
  await using server = await startRedis();
  await commands(
    server.url,
    ['ACL', 'SETUSER', 'weak', 'on', '>p', '+ping'],
    ['ACL', 'SETUSER', 'watcher', 'on', '>p', '+ping', '+info', '+slowlog|len'],
  );
  const ofKeys = ['+type', '+llen', '+scard', '+zcard', '+hlen', '+strlen', '+xlen', '~jobs', '+select'];
  const watched = ['+ping', '+info', '+slowlog|len'];
  await commands(server.url, ['ACL', 'SETUSER', 'keyed', 'on', '>p', ...watched, ...ofKeys]);
  const at = `127.0.0.1:${server.port}`;
  assertWell(await probing(redis, { url: `redis://keyed:p@${at}/1`, keys: ['jobs'] }));
  assertFailed(await probing(redis, { url: `redis://keyed:p@${at}`, keys: ['other'] }), 'forbidden');
  assertFailed(await probing(redis, { url: `redis://weak:p@${at}` }), 'forbidden', /INFO with: NOPERM/);
  assertWell(await probing(redis, { url: `redis://watcher:p@${at}` }));
});

test('a database that does not exist, and an address that names none', async () => {
  await using server = await startRedis({ databases: '4' });
  assertFailed(await probing(redis, { url: `${server.url}/9` }), 'not_found', /DB index is out of range/);
  assertFailed(await probing(redis, { url: `${server.url}/first` }), 'config');
});

test('more clients than it takes', async () => {
  await using server = await startRedis({ maxclients: '1' });
  const holder = createClient({ url: server.url });
  holder.on('error', () => undefined);
  await holder.connect();
  try {
    assertFailed(await probing(redis, { url: server.url }), 'limit', /max number of clients/);
  } finally {
    holder.destroy();
  }
});

test('a Redis that is busy with a script is not well', async () => {
  await using server = await startRedis({ 'busy-reply-threshold': '50' });
  const endless = createClient({ url: server.url });
  endless.on('error', () => undefined);
  await endless.connect();
  const script = endless.sendCommand(['EVAL', 'while true do end', '0']).catch(() => undefined);
  await until('the script blocks', 3_000, async () => {
    const result = await probing(redis, { url: server.url });
    return result.failure?.reason === 'unhealthy' && /BUSY/.test(result.failure.message);
  });
  const [killed] = await commands(server.url, ['SCRIPT', 'KILL']);
  assert.equal(killed, 'OK');
  await script;
  endless.destroy();
  assertWell(await probing(redis, { url: server.url }));
});

test('a Redis that cannot save is not well, and says why', async () => {
  await using server = await startRedis({ save: '3600 1' });
  const [, folder] = (await commands(server.url, ['CONFIG', 'GET', 'dir']))[0] as string[];
  rmSync(folder ?? '', { recursive: true });
  await commands(server.url, ['SET', 'a', '1'], ['BGSAVE']);
  await until('the save failed', 5_000, async () => {
    const { failure } = await probing(redis, { url: server.url });
    return failure?.reason === 'unhealthy' && /MISCONF/.test(failure.message);
  });
  // It would not end either while it cannot save.
  await commands(server.url, ['CONFIG', 'SET', 'save', '']);
});

test('a replica tells whether its primary is there', async () => {
  await using primary = await startRedis();
  await using replica = await startRedis({ replicaof: `127.0.0.1 ${primary.port}` });
  await until('the link is up', 10_000, async () => {
    return valuesOf(await probing(redis, { url: replica.url }))['redis_master_link_up'] === 1;
  });
  await primary.stop();
  await until('the link is down', 10_000, async () => {
    return valuesOf(await probing(redis, { url: replica.url }))['redis_master_link_up'] === 0;
  });
});

test('a stopped process hangs, an ended one refuses', async () => {
  await using server = await startRedis();
  assertWell(await probing(redis, { url: server.url }));
  server.signal('SIGSTOP');
  const hung = await probing(redis, { url: server.url }, { timeout: 300 });
  assertFailed(hung, 'timeout', /no answer within 0.3 s \(ping\)/);
  assert.equal(hung.failure?.phase, 'ping');
  server.signal('SIGCONT');
  assertWell(await probing(redis, { url: server.url }));
  await server.stop();
  assertFailed(await probing(redis, { url: server.url }), 'refused');
});
