import { type ClientHttp2Session, connect, type IncomingHttpHeaders } from 'node:http2';
import type { Socket } from 'node:net';
import { ProbeFailure } from '../../failure.ts';

/** Bytes of an answer: one of the health protocol has seven. */
const ANSWER_LIMIT = 65_536;

export interface GrpcCall {
  /** Host and port. */
  authority: string;
  path: string;
  message: Buffer;
  metadata: Readonly<Record<string, string>>;
  /** Milliseconds that the server may take. */
  timeout: number;
}

export interface GrpcAnswer {
  /** The gRPC status; null = there was none. */
  status: number | null;
  /** What it said about it. */
  message: string;
  /** Null when what answered is no gRPC; why not. */
  stranger: string | null;
  body: Buffer;
}

/** One unary call over an open connection, which ends with it. @throws ProbeFailure */
export async function unaryCall(socket: Socket, call: GrpcCall): Promise<GrpcAnswer> {
  const session = connect(`http://${call.authority}`, { createConnection: () => socket });
  try {
    return await new Promise((resolve, reject) => {
      const broken = (cause?: unknown): void => reject(brokenOff(call.authority, cause));
      session.on('error', broken);
      session.once('close', broken);
      ask(session, call, resolve, broken);
    });
  } finally {
    session.destroy();
    socket.destroy();
  }
}

function ask(
  session: ClientHttp2Session,
  call: GrpcCall,
  done: (answer: GrpcAnswer) => void,
  broken: (cause?: unknown) => void,
): void {
  const stream = session.request({
    ...call.metadata,
    ':method': 'POST',
    ':path': call.path,
    'content-type': 'application/grpc',
    te: 'trailers',
    'grpc-timeout': `${call.timeout}m`,
    'user-agent': 'Vigie',
  });
  let headers: IncomingHttpHeaders & { ':status'?: number } = {};
  let trailers: IncomingHttpHeaders = {};
  const chunks: Buffer[] = [];
  let length = 0;
  stream.on('error', broken);
  stream.on('response', (given) => {
    headers = given;
  });
  stream.on('trailers', (given) => {
    trailers = given;
  });
  stream.on('data', (chunk: Buffer) => {
    length += chunk.length;
    if (length <= ANSWER_LIMIT) chunks.push(chunk);
    else
      stream.destroy(
        new ProbeFailure('protocol', `${call.authority} answered more than ${ANSWER_LIMIT} bytes`),
      );
  });
  stream.on('end', () => {
    if (headers[':status'] === undefined) broken();
    else done(answerOf(headers, { ...headers, ...trailers }, Buffer.concat(chunks)));
  });
  stream.end(call.message);
}

function answerOf(
  { ':status': status, 'content-type': type = '' }: IncomingHttpHeaders & { ':status'?: number },
  all: IncomingHttpHeaders,
  body: Buffer,
): GrpcAnswer {
  const code = Number(all['grpc-status'] ?? Number.NaN);
  return {
    status: Number.isInteger(code) ? code : null,
    message: String(all['grpc-message'] ?? '').slice(0, 200),
    stranger: status !== 200 ? `HTTP ${status}` : type.startsWith('application/grpc') ? null : `“${type}”`,
    body,
  };
}

function brokenOff(authority: string, cause: unknown): ProbeFailure {
  if (cause instanceof ProbeFailure) return cause;
  return new ProbeFailure('protocol', `${authority} does not answer in gRPC (HTTP/2), or broke off`, {
    cause,
  });
}
