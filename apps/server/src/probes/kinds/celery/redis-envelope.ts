/** Kombu's messages as its virtual transports put them into Redis. */
import { randomUUID } from 'node:crypto';
import { fieldOf, parsed, readReply, type WorkerReply } from './mailbox.ts';

/**
 * A message with all that kombu expects around it. Without `properties.delivery_tag` a worker that reads it ends
 * with an unrecoverable KeyError: nothing here may be left out.
 */
export function envelopeOf(message: object, exchange: string, deliveryTag: string = randomUUID()): string {
  return JSON.stringify({
    body: Buffer.from(JSON.stringify(message)).toString('base64'),
    'content-encoding': 'utf-8',
    'content-type': 'application/json',
    headers: { clock: 1 },
    properties: {
      body_encoding: 'base64',
      delivery_tag: deliveryTag,
      delivery_mode: 2,
      priority: 0,
      delivery_info: { exchange, routing_key: '' },
    },
  });
}

/** A reply in the same envelope; null = it is none. */
export function replyOf(envelope: string): WorkerReply | null {
  const outer = parsed(envelope);
  const body = fieldOf(outer, 'body');
  if (typeof body !== 'string') return null;
  const isBase64 = fieldOf(fieldOf(outer, 'properties'), 'body_encoding') === 'base64';
  return readReply(fieldOf(outer, 'headers'), isBase64 ? Buffer.from(body, 'base64').toString() : body);
}
