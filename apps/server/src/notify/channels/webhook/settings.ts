import { z } from 'zod';
import { secretUrlOrNone } from '../../channel.ts';

/** Characters of a body, a header's name or its value: Healthchecks' own limits. */
const TEXT_LENGTH = 1000;
/** More than any receiver asks for. */
const MOST_HEADERS = 50;
/** RFC 9110 section 5.6.2. */
const HEADER_NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/;
const HEADER_VALUE = /^[^\p{Cc}]*$/u;
/** Set by the connection, or fatal to it. */
const RESERVED = new Set([
  'connection',
  'content-length',
  'host',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'expect',
]);

const headerName = z
  .string()
  .max(TEXT_LENGTH)
  .regex(HEADER_NAME, { error: 'must be a header name' })
  .refine((name) => !RESERVED.has(name.toLowerCase()), { error: 'belongs to the connection itself' });

const METHODS = ['GET', 'POST', 'PUT'] as const;

function method(event: string, usual: (typeof METHODS)[number] = 'GET') {
  return z
    .enum(METHODS)
    .default(usual)
    .meta({ description: `HTTP method for ${event}` });
}

function url(event: string) {
  return secretUrlOrNone(`Address called for ${event}; empty = none. Placeholders are filled in`);
}

function body(event: string, usual = '') {
  return z
    .string()
    .max(TEXT_LENGTH)
    .default(usual)
    .meta({ description: `Body for ${event}, with POST and PUT. Placeholders are filled in` });
}

function headers(event: string, usual: Record<string, string> = {}) {
  return z
    .record(headerName, z.string().max(TEXT_LENGTH).regex(HEADER_VALUE, { error: 'must be one line' }))
    .refine((given) => Object.keys(given).length <= MOST_HEADERS, {
      error: `holds more than ${MOST_HEADERS} headers`,
    })
    .default(usual)
    .meta({ secret: true, description: `Headers for ${event}. Placeholders are filled in` });
}

export const settings = z
  .strictObject({
    method_down: method('outages'),
    url_down: url('outages'),
    body_down: body('outages'),
    headers_down: headers('outages'),
    method_up: method('recoveries'),
    url_up: url('recoveries'),
    body_up: body('recoveries'),
    headers_up: headers('recoveries'),
    method_notice: method('silences that end soon', 'POST'),
    url_notice: url('silences that end soon'),
    body_notice: body('silences that end soon', '$JSON'),
    headers_notice: headers('silences that end soon', { 'Content-Type': 'application/json' }),
  })
  .refine(({ url_down, url_up }) => url_down !== '' || url_up !== '', {
    path: ['url_down'],
    error: 'is missing: at least one of url_down and url_up must be given',
  });

export type Settings = z.output<typeof settings>;
