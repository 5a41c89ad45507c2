/** The text of a push, whatever it is packed in. */
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';
import { SnappyError, unsnappy } from '@vigie/exposition';
import type { FastifyRequest } from 'fastify';
import { AppError, messageOf } from '../../errors.ts';
import { UNPACKED_LIMIT } from '../../metrics/push/limits.ts';

const unzipped = promisify(gunzip);

/** A body in a form that is not understood: 415. */
export class UnknownForm extends Error {}

/**
 * Reads a body as text; snappy is one block.
 * @throws AppError `invalid`, `too_large`; UnknownForm for other encodings.
 */
export async function bodyText({ body, headers }: FastifyRequest): Promise<string> {
  const bytes = await unpacked(
    Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    headers['content-encoding'] ?? '',
  );
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new AppError('invalid', 'the body is not UTF-8');
  }
}

async function unpacked(body: Buffer, encoding: string): Promise<Uint8Array> {
  switch (encoding.trim().toLowerCase()) {
    case '':
    case 'identity':
      return body;
    case 'gzip':
      return unzipped(body, { maxOutputLength: UNPACKED_LIMIT }).catch((error: unknown) => {
        if (error instanceof RangeError) throw tooLarge();
        throw new AppError('invalid', `the body is no gzip: ${messageOf(error)}`);
      });
    case 'snappy':
      try {
        return unsnappy(body, UNPACKED_LIMIT);
      } catch (error) {
        throw error instanceof SnappyError ? new AppError('invalid', error.message) : error;
      }
    default:
      throw new UnknownForm(`the encoding ${JSON.stringify(encoding)} is not read here: gzip and snappy are`);
  }
}

function tooLarge(): AppError {
  return new AppError('too_large', `the body unpacks to more than ${UNPACKED_LIMIT} bytes`);
}
