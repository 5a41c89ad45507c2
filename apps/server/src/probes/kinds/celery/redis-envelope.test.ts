import assert from 'node:assert/strict';
import { test } from 'node:test';
import { INSPECT_METHODS, Inspection, type InspectMethod, inspectMessage } from './mailbox.ts';
import { envelopeOf, replyOf } from './redis-envelope.ts';

const REPLY_TO = { exchange: 'reply.celery.pidbox', routing_key: 'rk' };

/** Byte by byte what a worker was seen to answer; a field that is missing may end the worker's process. */
const GOLDEN =
  '{"body":"eyJtZXRob2QiOiJwaW5nIiwiYXJndW1lbnRzIjp7fSwiZGVzdGluYXRpb24iOm51bGwsInBhdHRlcm4iOm51bGwsIm1hdGNoZXIiOm51bGwsInRpY2tldCI6InRpY2tldCIsInJlcGx5X3RvIjp7ImV4Y2hhbmdlIjoicmVwbHkuY2VsZXJ5LnBpZGJveCIsInJvdXRpbmdfa2V5IjoicmsifX0=",' +
  '"content-encoding":"utf-8","content-type":"application/json","headers":{"clock":1},' +
  '"properties":{"body_encoding":"base64","delivery_tag":"tag","delivery_mode":2,"priority":0,' +
  '"delivery_info":{"exchange":"celery.pidbox","routing_key":""}}}';

test('the envelope is what kombu expects, to the byte', () => {
  const message = inspectMessage('ping', 'ticket', REPLY_TO);
  assert.equal(envelopeOf(message, 'celery.pidbox', 'tag'), GOLDEN);
});

test('each envelope has a delivery tag of its own', () => {
  const tags = [1, 2].map(() => JSON.parse(envelopeOf({}, 'celery.pidbox')).properties.delivery_tag);
  assert.match(tags[0], /^[0-9a-f-]{36}$/);
  assert.notEqual(tags[0], tags[1]);
});

test('questions are sent, orders never', () => {
  assert.deepEqual(INSPECT_METHODS, ['ping', 'stats', 'active', 'active_queues']);
  for (const order of [
    'shutdown',
    'revoke',
    'pool_restart',
    'pool_shrink',
    'cancel_consumer',
    'rate_limit',
    '',
  ]) {
    assert.throws(() => inspectMessage(order as InspectMethod, 'ticket', REPLY_TO), /is not sent to workers/);
  }
});

function replyEnvelope(ticket: string, body: unknown, encoding = 'base64'): string {
  const text = JSON.stringify(body);
  return JSON.stringify({
    body: encoding === 'base64' ? Buffer.from(text).toString('base64') : text,
    headers: { clock: 9, ticket },
    properties: { body_encoding: encoding },
  });
}

test('replies are counted by their ticket; others, and what is none, are dropped', () => {
  const inspection = new Inspection();
  const ticketOf = (method: InspectMethod) => inspection.tickets.find(([name]) => name === method)?.[1] ?? '';
  for (const method of INSPECT_METHODS) {
    inspection.take(replyOf(replyEnvelope(ticketOf(method), { 'w1@host': [] })));
  }
  inspection.take(replyOf(replyEnvelope(ticketOf('ping'), { 'w2@host': { ok: 'pong' } }, 'none')));
  inspection.take(replyOf(replyEnvelope('of another', { 'w3@host': { ok: 'pong' } })));
  const nothing = ['', '{', '[]', '1', 'null', '{"body":1}', '{"body":"!!","headers":{"ticket":"x"}}'];
  for (const text of [
    ...nothing,
    replyEnvelope(ticketOf('ping'), null),
    replyEnvelope(ticketOf('ping'), {}),
  ]) {
    assert.equal(replyOf(text), null, text);
    inspection.take(replyOf(text));
  }
  assert.deepEqual(inspection.nodes, ['w1@host', 'w2@host']);
  assert.equal(inspection.hasAll(1), true);
  assert.equal(inspection.hasAll(2), false);
  assert.equal(inspection.hasAllOf(['w1@host']), true);
  assert.equal(inspection.hasAllOf(['w2@host']), false);
});
