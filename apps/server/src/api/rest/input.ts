import type { z } from 'zod';
import { AppError } from '../../errors.ts';
import { inputFault } from '../../input-fault.ts';

/** Input that fits its schema. @throws AppError `invalid` with the first fault and where it is. */
export function readInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  throw inputFault(result.error);
}

/**
 * A body as JSON; nothing at all is an empty object.
 * @throws AppError `invalid` for another content type (a page of another site can send those unasked) and for
 * what is no JSON.
 */
export function readJson(body: unknown, contentType: string | undefined): unknown {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (bytes.length === 0) return {};
  if (!/^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(contentType ?? '')) {
    throw new AppError('invalid', 'send JSON, with the header "Content-Type: application/json"');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is no JSON' : 'it is no UTF-8';
    throw new AppError('invalid', `the body cannot be read: ${reason}`);
  }
}
