/** Messages of the gRPC health checking protocol (grpc.health.v1), in the frames of gRPC over HTTP/2. */
import { ProbeFailure } from '../../failure.ts';

/** In the order of their numbers. */
export const SERVING_STATUSES = ['UNKNOWN', 'SERVING', 'NOT_SERVING', 'SERVICE_UNKNOWN'] as const;
export type ServingStatus = (typeof SERVING_STATUSES)[number];

/** Bytes of a frame before its message: whether it is compressed, and its length. */
const FRAME_HEAD = 5;

/** `HealthCheckRequest { string service = 1; }` in its frame. */
export function checkRequest(service: string): Buffer {
  const name = Buffer.from(service);
  const message = name.length === 0 ? name : Buffer.concat([Buffer.from([10, ...varint(name.length)]), name]);
  const head = Buffer.alloc(FRAME_HEAD);
  head.writeUInt32BE(message.length, 1);
  return Buffer.concat([head, message]);
}

/** Reads `HealthCheckResponse { ServingStatus status = 1; }` from its frame. @throws ProbeFailure `protocol` */
export function servingStatus(frame: Buffer): ServingStatus {
  if (frame.length < FRAME_HEAD || frame[0] !== 0 || frame.readUInt32BE(1) !== frame.length - FRAME_HEAD) {
    throw notHealth();
  }
  let at = FRAME_HEAD;
  let status = 0;
  const next = (): number => {
    let value = 0;
    for (let shift = 1; at < frame.length; shift *= 128) {
      const byte = frame[at++] ?? 0;
      value += (byte & 127) * shift;
      if (byte < 128) return value;
    }
    throw notHealth();
  };
  while (at < frame.length) {
    const tag = next();
    if ((tag & 7) === 0) {
      const value = next();
      if (tag >> 3 === 1) status = value;
    } else if ((tag & 7) === 2) {
      const length = next();
      at += length;
    } else throw notHealth();
  }
  return SERVING_STATUSES[status] ?? 'UNKNOWN';
}

function varint(value: number): number[] {
  return value < 128 ? [value] : [(value & 127) | 128, ...varint(value >> 7)];
}

function notHealth(): ProbeFailure {
  return new ProbeFailure('protocol', 'the answer is no answer of the gRPC health protocol');
}
