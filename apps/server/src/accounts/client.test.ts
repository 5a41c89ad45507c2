import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { clientOf, networkOf } from './client.ts';

const PROXIES = ['10.0.0.0/8', '::1'];

function request(remoteAddress: string, headers: Record<string, string>): IncomingMessage {
  return { socket: { remoteAddress }, headers } as IncomingMessage;
}

const cases: [name: string, peer: string, forwardedFor: string | null, address: string, pretends: boolean][] =
  [
    ['a direct client', '192.0.2.1', null, '192.0.2.1', false],
    ['IPv4 on an IPv6 socket', '::ffff:192.0.2.1', null, '192.0.2.1', false],
    ['a client that pretends', '192.0.2.1', '127.0.0.1', '192.0.2.1', true],
    ['a client behind a proxy', '10.0.0.1', '192.0.2.1', '192.0.2.1', false],
    ['a client that pretends behind a proxy', '10.0.0.1', '127.0.0.1, 192.0.2.1', '192.0.2.1', false],
    ['a client behind two proxies', '10.0.0.1', '192.0.2.1, 10.0.0.2', '192.0.2.1', false],
    ['a port after the address', '::1', '192.0.2.1:4711', '192.0.2.1', false],
    ['IPv6 in brackets', '::1', '[2001:db8::1]:4711', '2001:db8::1', false],
    ['a proxy that calls by itself', '10.0.0.1', null, '10.0.0.1', false],
    ['nonsense from a proxy', '10.0.0.1', 'unknown', '10.0.0.1', false],
  ];

describe('the client of a request', () => {
  for (const [name, peer, forwardedFor, address, pretends] of cases) {
    it(`is told for ${name}`, () => {
      const headers: Record<string, string> = {};
      if (forwardedFor !== null) headers['x-forwarded-for'] = forwardedFor;
      assert.deepEqual(clientOf(request(peer, headers), PROXIES), { address, pretends });
    });
  }

  for (const header of ['forwarded', 'x-real-ip', 'x-forwarded-host', 'x-forwarded-proto']) {
    it(`pretends with ${header}`, () => {
      assert.equal(clientOf(request('192.0.2.1', { [header]: 'x' }), PROXIES).pretends, true);
    });
  }
});

describe('a network', () => {
  for (const [address, network] of [
    ['192.0.2.1', '192.0.2.1'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
  ] as const) {
    it(`of ${address} is ${network}`, () => assert.equal(networkOf(address), network));
  }
});
