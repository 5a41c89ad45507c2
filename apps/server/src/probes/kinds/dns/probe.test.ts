import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { type DnsAnswer, encodedName, startDns } from '../../testing/dns-server.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../testing/probing.ts';
import { dns } from './probe.ts';
import { linesOf } from './records.ts';

const MX = Buffer.concat([Buffer.from([0, 10]), encodedName('mail.example.org')]);

const ZONE: Record<string, DnsAnswer | null> = {
  'www.example.org': { data: [Buffer.from([192, 0, 2, 1]), Buffer.from([192, 0, 2, 2])] },
  'mx.example.org': { data: [MX] },
  'txt.example.org': { data: [Buffer.from('\u0005v=spf\u00021;')] },
  'empty.example.org': { data: [] },
  'none.example.org': { code: 3 },
  'broken.example.org': { code: 2 },
  'refused.example.org': { code: 5 },
  'garbage.example.org': { raw: Buffer.from('garbage') },
  'silent.example.org': null,
};

test('what a server says, and what it does not', async () => {
  await using server = await startDns((name) => ZONE[name] ?? null);
  const cases: [Record<string, unknown>, string | null, RegExp][] = [
    [{ name: 'www.example.org', expect: ['192.0.2.2'] }, null, /192\.0\.2\.1/],
    [{ name: 'www.example.org', expect: ['192.0.2.2', '192.0.2.1'], nothing_else: true }, null, /./],
    [
      { name: 'www.example.org', expect: ['192.0.2.3'] },
      'assertion',
      /is 192\.0\.2\..*; wanted 192\.0\.2\.3/,
    ],
    [
      { name: 'www.example.org', expect: ['192.0.2.1'], nothing_else: true },
      'assertion',
      /also 192\.0\.2\.2/,
    ],
    [{ name: 'mx.example.org', type: 'MX', expect: ['10 Mail.example.org.'] }, null, /10 mail/],
    [{ name: 'txt.example.org', type: 'TXT', expect: ['v=spf1;'] }, null, /spf1/],
    [{ name: 'empty.example.org' }, 'dns', /has no A of empty/],
    [{ name: 'none.example.org' }, 'dns', /says that there is no none\.example\.org/],
    [{ name: 'broken.example.org' }, 'dns', /SERVFAIL/],
    [{ name: 'refused.example.org' }, 'dns', /REFUSED/],
    [{ name: 'garbage.example.org' }, 'protocol', /does not answer in DNS/],
    [{ name: 'silent.example.org' }, 'timeout', /\(query\)/],
  ];
  for (const [settings, reason, message] of cases) {
    const given = { server: '127.0.0.1', port: server.port, ...settings };
    const result = await probing(dns, given, { timeout: 400 });
    if (reason === null) {
      assertWell(result);
      assert.match(JSON.stringify(result.details['answers']), message);
    } else assertFailed(result, reason, message);
  }
});

test('an answer is counted and timed', async () => {
  await using server = await startDns((name) => ZONE[name] ?? null);
  const result = await probing(dns, { name: 'www.example.org', server: 'localhost', port: server.port });
  const values = valuesOf(result);
  assert.equal(values['probe_dns_answer_rrs'], 2);
  assert.ok((values['probe_dns_lookup_time_seconds'] ?? -1) > 0);
  assert.deepEqual(server.queries, ['www.example.org']);
});

test('a server that is not there, and one that may not be asked', async () => {
  const gone = await startDns(() => null);
  const { port } = gone;
  await gone[Symbol.asyncDispose]();
  const settings = { name: 'www.example.org', server: '127.0.0.1', port };
  assertFailed(await probing(dns, settings), 'refused', new RegExp(`127\\.0\\.0\\.1:${port} refused`));
  const rules = () => ({ allowPrivate: false, allow: [] });
  assertFailed(await probing(dns, settings, { rules }), 'config', /private/);
});

test('runs leave no socket open, whether answered or not', async () => {
  await using server = await startDns((name) => ZONE[name] ?? null);
  const open = (): number => readdirSync('/proc/self/fd').length;
  const run = (name: string) =>
    probing(dns, { name, server: '127.0.0.1', port: server.port }, { timeout: 30 });
  await run('www.example.org');
  const before = open();
  for (let n = 0; n < 20; n++) await Promise.all([run('www.example.org'), run('silent.example.org')]);
  assert.ok(open() <= before + 2, `${open()} open, ${before} before`);
});

test('records are lines', () => {
  assert.deepEqual(linesOf([{ priority: 1, weight: 2, port: 3, name: 'a.b' }]), ['1 2 3 a.b']);
  const soa = { nsname: 'a', hostmaster: 'b', serial: 3, refresh: 4, retry: 5, expire: 6, minttl: 7 };
  assert.deepEqual(linesOf(soa), ['a b 3']);
  assert.deepEqual(linesOf([['a', 'b'], ['c']]), ['ab', 'c']);
});

test('settings that mean nothing are refused', () => {
  for (const given of [{ name: '' }, { name: 'a b' }, { name: 'a', type: 'ANY' }, { name: 'a', port: 0 }]) {
    assert.throws(() => dns.open(given));
  }
});
