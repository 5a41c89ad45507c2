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

function method(usual: (typeof METHODS)[number] = 'GET') {
  return z.enum(METHODS).default(usual).meta({ title: 'Method', title_fr: 'Méthode' });
}

function url() {
  return secretUrlOrNone({
    title: 'Address',
    title_fr: 'Adresse',
    description: 'Without one, nothing is called. Placeholders such as $NAME and $STATUS are filled in',
    description_fr: 'Sans adresse, rien n’est appelé. Les variables comme $NAME et $STATUS sont remplacées',
  });
}

function body(usual = '') {
  return z.string().max(TEXT_LENGTH).default(usual).meta({
    title: 'Body',
    title_fr: 'Corps',
    description: 'With POST and PUT. Placeholders are filled in; $JSON is everything',
    description_fr: 'Avec POST et PUT. Les variables sont remplacées ; $JSON dit tout',
  });
}

function headers(usual: Record<string, string> = {}) {
  return z
    .record(headerName, z.string().max(TEXT_LENGTH).regex(HEADER_VALUE, { error: 'must be one line' }))
    .refine((given) => Object.keys(given).length <= MOST_HEADERS, {
      error: `holds more than ${MOST_HEADERS} headers`,
    })
    .default(usual)
    .meta({
      secret: true,
      title: 'Headers',
      title_fr: 'En-têtes',
      description: 'One a line, as “Name: value”. Placeholders are filled in',
      description_fr: 'Un par ligne, sous la forme « Nom: valeur ». Les variables sont remplacées',
    });
}

export const settings = z
  .strictObject({
    method_down: method(),
    url_down: url(),
    body_down: body(),
    headers_down: headers(),
    method_up: method(),
    url_up: url(),
    body_up: body(),
    headers_up: headers(),
    method_notice: method('POST'),
    url_notice: url(),
    body_notice: body('$JSON'),
    headers_notice: headers({ 'Content-Type': 'application/json' }),
  })
  .refine(({ url_down, url_up }) => url_down !== '' || url_up !== '', {
    path: ['url_down'],
    error: 'is missing: an address is needed for outages (url_down), for recoveries (url_up) or for both',
  });

export type Settings = z.output<typeof settings>;
