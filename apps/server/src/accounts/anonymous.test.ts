import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { describe, it } from 'node:test';
import { anonymousRole } from './anonymous.ts';

const config = {
  anonymous: { role: 'member' as const, from: ['127.0.0.0/8', '::1/128'] },
  trustedProxies: ['10.0.0.1'],
  baseUrl: 'https://vigie.example.org',
  allowedHosts: ['*', '.lan'],
};

const cases: [name: string, peer: string, headers: Record<string, string>, granted: boolean][] = [
  ['a call from this machine', '127.0.0.1', { host: 'localhost:8000' }, true],
  ['a call over IPv6', '::1', { host: '[::1]:8000' }, true],
  ['a call by the public name', '127.0.0.1', { host: 'vigie.example.org' }, true],
  ['a call by an allowed domain', '127.0.0.1', { host: 'vigie.lan' }, true],
  ['our own page', '127.0.0.1', { host: 'localhost', 'sec-fetch-site': 'same-origin' }, true],
  ['a call from elsewhere', '192.0.2.1', { host: 'localhost:8000' }, false],
  ['an undeclared proxy', '127.0.0.1', { host: 'localhost', 'x-forwarded-for': '127.0.0.1' }, false],
  ['a Forwarded header', '127.0.0.1', { host: 'localhost', forwarded: 'for=127.0.0.1' }, false],
  ['an Origin', '127.0.0.1', { host: 'localhost:8000', origin: 'http://localhost:8000' }, false],
  ['another site', '127.0.0.1', { host: 'localhost', 'sec-fetch-site': 'cross-site' }, false],
  ['a rebound name', '127.0.0.1', { host: 'evil.example' }, false],
  ['a name that ends like ours', '127.0.0.1', { host: 'evilvigie.example.org' }, false],
  ['no Host', '127.0.0.1', {}, false],
  [
    'a stranger behind a trusted proxy',
    '10.0.0.1',
    { host: 'localhost', 'x-forwarded-for': '127.0.0.1, 192.0.2.1' },
    false,
  ],
  [
    'a neighbour behind a trusted proxy',
    '10.0.0.1',
    { host: 'localhost', 'x-forwarded-for': '127.0.0.1' },
    true,
  ],
];

describe('a request without credentials', () => {
  for (const [name, remoteAddress, headers, granted] of cases) {
    it(`${granted ? 'gets' : 'is refused'} the role for ${name}`, () => {
      const request = { socket: { remoteAddress }, headers } as IncomingMessage;
      assert.equal(anonymousRole(request, config), granted ? 'member' : null);
    });
  }

  it('gets nothing unless it is configured', () => {
    const request = {
      socket: { remoteAddress: '127.0.0.1' },
      headers: { host: 'localhost' },
    } as IncomingMessage;
    assert.equal(
      anonymousRole(request, { ...config, anonymous: { role: 'none', from: ['127.0.0.1'] } }),
      null,
    );
  });
});
