import type { IncomingMessage } from 'node:http';
import { requestOrigin } from '../../accounts/same-origin.ts';
import { AppError } from '../../errors.ts';

/** The fields of a submitted form; a field that was not sent is empty. */
export interface Form {
  get(name: string): string;
}

/** Bytes of a form. */
export const FORM_LIMIT = 16_384;

/** Reads a form that one of our own pages sent. @throws AppError `forbidden` for another site's. */
export function readForm(request: { raw: IncomingMessage; body: unknown }, baseUrl: string): Form {
  if (requestOrigin(request.raw.headers, baseUrl) === 'foreign') {
    throw new AppError('forbidden', 'this form was sent by a page of another site');
  }
  const fields = new URLSearchParams(typeof request.body === 'string' ? request.body : '');
  return { get: (name) => fields.get(name) ?? '' };
}
