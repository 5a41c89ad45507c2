import type { IncomingMessage } from 'node:http';

/** The first bytes of a request's body; `tooLarge` when the whole exceeds what is accepted at all. */
export interface PingBody {
  bytes: Uint8Array | null;
  tooLarge: boolean;
}

export const NO_BODY: PingBody = { bytes: null, tooLarge: false };

/** Whether a body follows the request's headers. */
export function hasBody(request: IncomingMessage): boolean {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || (length !== undefined && length !== '0');
}

/**
 * Reads a body, keeping `keep` bytes (null = all) and refusing more than `accept`.
 * @throws when the client goes away before its end.
 */
export async function readPingBody(
  request: IncomingMessage,
  keep: number | null,
  accept: number,
): Promise<PingBody> {
  const declared = request.headers['content-length'];
  if (declared !== undefined && Number(declared) > accept) return { bytes: null, tooLarge: true };
  const chunks: Buffer[] = [];
  let received = 0;
  let kept = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    received += chunk.length;
    if (received > accept) return { bytes: null, tooLarge: true };
    const room = keep === null ? chunk.length : Math.max(0, keep - kept);
    if (room === 0) continue;
    const part = chunk.subarray(0, room);
    chunks.push(part);
    kept += part.length;
  }
  if (kept === 0) return NO_BODY;
  // A copy: a view would drag its whole pool to the writer's thread.
  return { bytes: Uint8Array.from(Buffer.concat(chunks)), tooLarge: false };
}
