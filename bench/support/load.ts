/** A closed-loop HTTP/1.1 load generator on plain sockets: each connection waits for its answer. */
import { connect, type Socket } from 'node:net';

export interface LoadResult {
  requests: number;
  /** Answers that were not 200. */
  failures: number;
  seconds: number;
  /** Milliseconds. */
  p50: number;
  p99: number;
  max: number;
}

export interface LoadOptions {
  url: string;
  paths: string[];
  connections: number;
  seconds: number;
}

const END_OF_HEAD = Buffer.from('\r\n\r\n');

/** Sends requests for the given time, over and over through `paths`. Every answer must fit one packet. */
export async function load(options: LoadOptions): Promise<LoadResult> {
  const { hostname, port, host } = new URL(options.url);
  const requests = options.paths.map((path) => Buffer.from(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`));
  const latencies: number[] = [];
  let failures = 0;
  let next = 0;
  const from = performance.now();
  const until = from + options.seconds * 1000;

  function run(socket: Socket): Promise<void> {
    return new Promise((resolve, reject) => {
      let sentAt = 0;
      const send = (): void => {
        sentAt = performance.now();
        const request = requests[next++ % requests.length];
        if (request !== undefined) socket.write(request);
      };
      socket.on('data', (answer) => {
        if (answer.indexOf(END_OF_HEAD) === -1) return;
        const now = performance.now();
        latencies.push(now - sentAt);
        // "HTTP/1.1 200": the digit after the space.
        if (answer[9] !== 0x32) failures += 1;
        if (now < until) send();
        else socket.end(resolve);
      });
      socket.on('error', reject);
      socket.on('connect', send);
    });
  }

  await Promise.all(
    Array.from({ length: options.connections }, () => {
      const socket = connect(Number(port), hostname);
      socket.setNoDelay(true);
      return run(socket);
    }),
  );
  const seconds = (performance.now() - from) / 1000;
  latencies.sort((a, b) => a - b);
  const at = (share: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return {
    requests: latencies.length,
    failures,
    seconds,
    p50: at(0.5),
    p99: at(0.99),
    max: latencies.at(-1) ?? 0,
  };
}
