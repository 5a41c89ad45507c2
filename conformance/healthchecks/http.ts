import { Agent, type IncomingHttpHeaders, request } from 'node:http';
import { request as secureRequest } from 'node:https';

export interface Answer {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

const agent = new Agent({ keepAlive: true, maxSockets: 4 });

/** Sends a request as it is: any method, any path, a body with GET too. */
export function exchange(
  base: string,
  method: string,
  path: string,
  headers: Record<string, string>,
  body: Buffer | null,
): Promise<Answer> {
  const { protocol, hostname, port } = new URL(base);
  const secure = protocol === 'https:';
  const length = body === null ? {} : { 'Content-Length': String(body.length) };
  const options = {
    hostname,
    port,
    method,
    path,
    headers: { ...headers, ...length },
    ...(secure ? {} : { agent }),
  };
  return new Promise((resolve, reject) => {
    const outgoing = (secure ? secureRequest : request)(options, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', reject);
      incoming.on('end', () => {
        resolve({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers,
          body: Buffer.concat(chunks),
        });
      });
    });
    outgoing.on('error', reject);
    outgoing.end(body ?? undefined);
  });
}
