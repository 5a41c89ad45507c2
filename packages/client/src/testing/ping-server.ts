/** A server of `node:http` that keeps what it is asked, and answers as the test wants. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Asked {
  method: string;
  /** With its query. */
  path: string;
  headers: IncomingMessage['headers'];
  body: string;
}

export interface PingServer extends AsyncDisposable {
  url: string;
  port: number;
  asked: Asked[];
  /** Of the pings, in order: what follows the UUID or name, and the body behind a blank. */
  pings(): string[];
}

/** undefined = 200 `OK`; null = no answer, ever. */
export type Answer = { status: number; body?: unknown; headers?: Record<string, string> } | null | undefined;

/** Listens on the port, or on any that is free. */
export async function pingServer(
  answer: (asked: Asked) => Answer | Promise<Answer> = () => undefined,
  port = 0,
): Promise<PingServer> {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const one = await read(request);
    asked.push(one);
    reply(response, await answer(one));
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  const at = (server.address() as AddressInfo).port;
  return {
    url: `http://127.0.0.1:${at}`,
    port: at,
    asked,
    pings: () =>
      asked
        .filter(({ path }) => path.startsWith('/ping/'))
        .map(({ path, body }) => `${path.replace(/^\/ping\/[^/?]+|\?.*$/g, '')} ${body}`.trim()),
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

async function read(request: IncomingMessage): Promise<Asked> {
  let body = '';
  for await (const chunk of request.setEncoding('utf8')) body += chunk;
  return { method: request.method ?? '', path: request.url ?? '', headers: request.headers, body };
}

function reply(response: ServerResponse, answer: Answer): void {
  if (answer === null) return;
  const { status = 200, body = 'OK', headers = {} } = answer ?? {};
  response.writeHead(status, headers);
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}

/** What Vigie answers when it is asked whether it is Vigie; other calls get what `answer` says. */
export function asVigie(answer: (asked: Asked) => Answer | Promise<Answer> = () => undefined) {
  return (asked: Asked): Answer | Promise<Answer> =>
    asked.path === '/api/vigie/entry' ? { status: 200, body: { set_up_needed: false } } : answer(asked);
}

/** A server that is not Vigie does not know that address. */
export function asHealthchecks(answer: (asked: Asked) => Answer | Promise<Answer> = () => undefined) {
  return (asked: Asked): Answer | Promise<Answer> =>
    asked.path === '/api/vigie/entry' ? { status: 404, body: 'not found' } : answer(asked);
}
