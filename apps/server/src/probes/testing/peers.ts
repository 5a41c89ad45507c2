/** Peers of probes, in the test's own process. */
import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';

export interface Peer extends AsyncDisposable {
  port: number;
  /** Connections that were made so far. */
  made(): number;
  /** Waits until none of them is open. @throws after two seconds. */
  allClosed(): Promise<void>;
}

/** Milliseconds within which a probe must have let its connections go. */
const PATIENCE = 2_000;
/** Milliseconds between two looks. */
const PACE = 5;

/** A server of any protocol over TCP, on a free port; its connections end with it. */
export async function listening(server: Server): Promise<Peer> {
  const sockets = new Set<Socket>();
  let made = 0;
  server.on('connection', (socket: Socket) => {
    made++;
    sockets.add(socket);
    socket.on('error', () => undefined);
    socket.once('close', () => sockets.delete(socket));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('BUG: a server without a port');
  return {
    port: address.port,
    made: () => made,
    async allClosed() {
      const end = performance.now() + PATIENCE;
      while (sockets.size > 0) {
        if (performance.now() > end) throw new Error(`${sockets.size} connections are still open`);
        await delay(PACE);
      }
    },
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      server.close();
      // A socket that was wrapped by TLS may not close: a failed test must end all the same.
      await Promise.race([once(server, 'close'), delay(PATIENCE, null, { ref: false })]);
    },
  };
}

/** A peer that does with each connection what a test says. Reads, so that it sees the end. */
export function tcpPeer(connected: (socket: Socket) => void): Promise<Peer> {
  return listening(
    createServer((socket) => {
      socket.resume();
      connected(socket);
    }),
  );
}
