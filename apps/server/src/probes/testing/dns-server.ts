/** A DNS server over UDP in the test's own process (RFC 1035 section 4). */
import { createSocket } from 'node:dgram';
import { once } from 'node:events';

/** What it answers to `name type`: resource data, a response code, or a packet of its own making. */
export interface DnsAnswer {
  /** RCODE: 2 SERVFAIL, 3 NXDOMAIN, 5 REFUSED. */
  code?: number;
  /** Data of the resource records. */
  data?: readonly Buffer[];
  /** Sent as it is, instead. */
  raw?: Buffer;
}

export interface DnsServer extends AsyncDisposable {
  port: number;
  queries: string[];
}

/** Starts one; a query that `answer` gives null for is not answered. */
export async function startDns(answer: (name: string, type: number) => DnsAnswer | null): Promise<DnsServer> {
  const socket = createSocket('udp4');
  const queries: string[] = [];
  socket.on('message', (query, { port, address }) => {
    const { name, type, end } = questionOf(query);
    queries.push(name);
    const wanted = answer(name, type);
    if (wanted !== null) socket.send(wanted.raw ?? responseOf(query, end, type, wanted), port, address);
  });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return {
    port: socket.address().port,
    queries,
    async [Symbol.asyncDispose]() {
      socket.close();
      await once(socket, 'close');
    },
  };
}

/** Labels, each with its length before it. */
export function encodedName(name: string): Buffer {
  const labels = name.split('.').flatMap((label) => [Buffer.from([label.length]), Buffer.from(label)]);
  return Buffer.concat([...labels, Buffer.from([0])]);
}

function questionOf(query: Buffer): { name: string; type: number; end: number } {
  const labels: string[] = [];
  let at = 12;
  for (let length = query[at] ?? 0; length > 0; length = query[at] ?? 0) {
    labels.push(query.toString('latin1', at + 1, at + 1 + length));
    at += 1 + length;
  }
  return { name: labels.join('.').toLowerCase(), type: query.readUInt16BE(at + 1), end: at + 5 };
}

function responseOf(query: Buffer, end: number, type: number, { code = 0, data = [] }: DnsAnswer): Buffer {
  const head = Buffer.alloc(12);
  query.copy(head, 0, 0, 2);
  head.writeUInt16BE(0x8180 | code, 2);
  head.writeUInt16BE(1, 4);
  head.writeUInt16BE(data.length, 6);
  const records = data.map((bytes) => {
    const record = Buffer.alloc(12);
    // The question's name again, by a pointer; class IN; a minute to live.
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(60, 6);
    record.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([record, bytes]);
  });
  return Buffer.concat([head, query.subarray(12, end), ...records]);
}
