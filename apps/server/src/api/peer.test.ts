import assert from 'node:assert/strict';
import type { IncomingMessage } from 'node:http';
import { test } from 'node:test';
import { peerOf as peerBehind } from './peer.ts';

function from(address: string, headers: Record<string, string> = {}, extra: object = {}): IncomingMessage {
  return { socket: { remoteAddress: address, ...extra }, headers } as IncomingMessage;
}

const PROXIES = ['127.0.0.1', '10.0.0.0/8', 'fd00::/8'];
const peerOf = (request: IncomingMessage) => peerBehind(request, PROXIES);
const forwarded = { 'x-forwarded-for': '203.0.113.7, 10.1.1.1', 'x-forwarded-proto': 'https' };

test('a trusted proxy tells the client and the scheme', () => {
  for (const proxy of ['127.0.0.1', '::ffff:10.2.3.4', 'fd00::1']) {
    assert.deepEqual(peerOf(from(proxy, forwarded)), { address: '203.0.113.7', scheme: 'https' });
  }
});

test('anybody else tells nothing', () => {
  assert.deepEqual(peerOf(from('192.0.2.1', forwarded)), { address: '192.0.2.1', scheme: 'http' });
});

test('a forwarded IPv4 address loses its port, an IPv6 address stays whole', () => {
  assert.equal(peerOf(from('127.0.0.1', { 'x-forwarded-for': '203.0.113.7:5123' })).address, '203.0.113.7');
  assert.equal(peerOf(from('127.0.0.1', { 'x-forwarded-for': '2001:db8::1' })).address, '2001:db8::1');
});

test('a TLS socket is https by itself', () => {
  assert.equal(peerOf(from('192.0.2.1', {}, { encrypted: true })).scheme, 'https');
});

const SCHEMES: [told: string, scheme: string][] = [
  ['https', 'https'],
  ['HTTPS', 'https'],
  ['http, https', 'http'],
  ['gopher', 'http'],
  ['https:', 'http'],
  ['', 'http'],
];

for (const [told, scheme] of SCHEMES) {
  test(`a trusted proxy that tells the scheme ${JSON.stringify(told)} means ${scheme}`, () => {
    assert.equal(peerOf(from('127.0.0.1', { 'x-forwarded-proto': told })).scheme, scheme);
  });
}
