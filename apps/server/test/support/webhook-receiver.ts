import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  /** The delivery's idempotency key. */
  key: string;
  /** `up` or `down`. */
  status: string;
  /** The check's code. */
  code: string;
  /** Epoch ms. */
  at: number;
}

export interface WebhookReceiver extends AsyncDisposable {
  /** For a channel's settings: its placeholders tell the receiver what it is about. */
  url: string;
  received: Received[];
}

/** A real server that takes webhooks and remembers them in order. */
export async function webhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const server = createServer((request, response) => {
    const { searchParams } = new URL(request.url ?? '', 'http://receiver');
    received.push({
      key: String(request.headers['webhook-id']),
      status: searchParams.get('status') ?? '',
      code: searchParams.get('code') ?? '',
      at: Date.now(),
    });
    request.resume();
    response.end('OK');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/hook?status=$STATUS&code=$CODE`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
