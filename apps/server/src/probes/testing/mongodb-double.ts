/**
 * A double of a MongoDB server: the wire protocol, and answers that a test gives. It stands in where no real server can
 * be had; what it answers is after MongoDB's documentation.
 */
import type { Socket } from 'node:net';
import { BSON, type Document } from 'mongodb';
import { type Peer, tcpPeer } from './peers.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
const OP_MSG = 2013;
const HEADER = 16;

/** Gives the answer to a command by its name; undefined = none is given, the connection hangs. */
export type Answers = (name: string, command: Document, socket: Socket) => Document | undefined;

export function mongoDouble(answers: Answers): Promise<Peer> {
  return tcpPeer((socket) => {
    let bytes: Buffer = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      bytes = Buffer.concat([bytes, chunk]);
      while (bytes.length >= 4 && bytes.length >= bytes.readInt32LE(0)) {
        const message = bytes.subarray(0, bytes.readInt32LE(0));
        bytes = bytes.subarray(message.length);
        answer(socket, message, answers);
      }
    });
  });
}

function answer(socket: Socket, message: Buffer, answers: Answers): void {
  const isQuery = message.readInt32LE(12) === OP_QUERY;
  const at = isQuery ? message.indexOf(0, HEADER + 4) + 1 + 8 : HEADER + 5;
  const command = BSON.deserialize(message.subarray(at, at + message.readInt32LE(at)));
  const [name = ''] = Object.keys(command);
  const document = answers(name, command, socket);
  if (document === undefined || socket.destroyed) return;
  const content = BSON.serialize({ ok: 1, ...document });
  const fixed = isQuery ? Buffer.alloc(20) : Buffer.alloc(5);
  // One document is returned.
  if (isQuery) fixed.writeInt32LE(1, 16);
  const head = Buffer.alloc(HEADER);
  head.writeInt32LE(HEADER + fixed.length + content.length, 0);
  head.writeInt32LE(message.readInt32LE(4), 8);
  head.writeInt32LE(isQuery ? OP_REPLY : OP_MSG, 12);
  socket.write(Buffer.concat([head, fixed, content]));
}

/** What a server of version 7 says of itself first. */
export const HELLO: Document = {
  isWritablePrimary: true,
  ismaster: true,
  helloOk: true,
  maxBsonObjectSize: 16_777_216,
  maxMessageSizeBytes: 48_000_000,
  maxWriteBatchSize: 100_000,
  minWireVersion: 0,
  maxWireVersion: 21,
};

/** A command that was refused. */
export function refused(code: number, errmsg: string): Document {
  return { ok: 0, code, errmsg };
}
