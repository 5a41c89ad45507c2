import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Received {
  method: string;
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface LocalServer extends AsyncDisposable {
  /** `http://127.0.0.1:<port>` */
  url: string;
  port: number;
  /** Calls in order of arrival, bodies complete. */
  received: Received[];
}

type Answer = (response: ServerResponse, call: Received) => void;

/** A real HTTP server on a free loopback port that keeps what it gets. */
export async function localServer(answer: Answer = (response) => response.end('ok')): Promise<LocalServer> {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const call = {
      method: request.method ?? '',
      path: request.url ?? '',
      headers: request.headers,
      body: Buffer.concat(chunks).toString('utf8'),
    };
    received.push(call);
    answer(response, call);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    port,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Turns of the event loop until something holds; a bound instead of a time makes a failure clear. */
export async function until(holds: () => boolean, turns = 20_000): Promise<void> {
  for (let turn = 0; !holds(); turn++) {
    if (turn === turns) throw new Error('it never came to hold');
    await new Promise((resolve) => setImmediate(resolve));
  }
}
