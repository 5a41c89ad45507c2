import { z } from 'zod';
import { compileRe2 } from '../../../re2.ts';
import { serviceUrl } from '../../setting-types.ts';
import { tlsSettings } from '../../tls-settings.ts';
import { stepsOf } from './json-path.ts';
import { statusSet } from './status-set.ts';

const TEXT_LENGTH = 2_000;
/** Bytes of a request's body. */
const BODY_LENGTH = 65_536;
/** Headers, paths and endpoints of a probe: more than anybody asserts. */
const MOST = 20;

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const;

const headerName = z
  .string()
  .max(TEXT_LENGTH)
  .regex(/^[!#$%&'*+.^_`|~0-9A-Za-z-]+$/, { error: 'must be a header name' });

/** Set by the exchange, or fatal to it. */
const RESERVED = new Set([
  'connection',
  'content-length',
  'expect',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

const sentName = headerName.refine((name) => !RESERVED.has(name.toLowerCase()), {
  error: 'belongs to the connection itself',
});

const headerValue = z
  .string()
  .max(TEXT_LENGTH)
  .regex(/^[^\p{Cc}]*$/u, { error: 'must be one line' });

/** An RE2 expression; empty = none. */
function expression() {
  return z.string().max(TEXT_LENGTH).refine(isExpression, { error: 'is no RE2 expression' });
}

function isExpression(text: string): boolean {
  try {
    if (text !== '') compileRe2(text);
    return true;
  } catch {
    return false;
  }
}

function few<T>(record: Record<string, T>): boolean {
  return Object.keys(record).length <= MOST;
}

const TOO_MANY = { error: `holds more than ${MOST}` };

export const settings = z.strictObject({
  url: serviceUrl('http', 'https').meta({
    secret: true,
    title: 'Address',
    title_fr: 'Adresse',
    description: 'May hold a user and a password, also as a reference to a secret',
    description_fr: 'Peut contenir un utilisateur et un mot de passe, aussi par référence à un secret',
  }),
  method: z.enum(METHODS).default('GET').meta({ title: 'Method', title_fr: 'Méthode' }),
  headers: z.record(sentName, headerValue).refine(few, TOO_MANY).default({}).meta({
    secret: true,
    title: 'Headers',
    title_fr: 'En-têtes',
    description: 'Sent with the request, one a line, as “Name: value”',
    description_fr: 'Envoyés avec la requête, un par ligne, sous la forme « Nom: valeur »',
  }),
  body: z.string().max(BODY_LENGTH).default('').meta({ secret: true, title: 'Body', title_fr: 'Corps' }),
  status: statusSet().default('200-299').meta({
    title: 'Statuses that are well',
    title_fr: 'Statuts corrects',
    description: 'Such as 200-299, 304, 4xx',
    description_fr: 'Par exemple 200-299, 304, 4xx',
  }),
  redirects: z.int().min(0).max(10).default(5).meta({
    title: 'Redirects followed',
    title_fr: 'Redirections suivies',
    description: 'On the same host only; 0 follows none',
    description_fr: 'Sur le même hôte seulement ; 0 n’en suit aucune',
  }),
  header_matches: z.record(headerName, expression()).refine(few, TOO_MANY).default({}).meta({
    title: 'Headers of the answer',
    title_fr: 'En-têtes de la réponse',
    description: 'One a line, as “Name: RE2 expression”; an empty one asks only that the header be there',
    description_fr:
      'Un par ligne, sous la forme « Nom: expression RE2 » ; une expression vide ne demande que sa présence',
  }),
  contains: z.string().max(TEXT_LENGTH).default('').meta({
    title: 'Text that the answer must hold',
    title_fr: 'Texte que la réponse doit contenir',
  }),
  matches: expression().default('').meta({
    title: 'RE2 expression that the answer must match',
    title_fr: 'Expression RE2 à laquelle la réponse doit correspondre',
  }),
  matches_not: expression().default('').meta({
    title: 'RE2 expression that the answer must not match',
    title_fr: 'Expression RE2 à laquelle la réponse ne doit pas correspondre',
  }),
  json: z
    .record(
      z
        .string()
        .max(TEXT_LENGTH)
        .refine((path) => stepsOf(path) !== null, { error: 'is no path such as $.checks[0].status' }),
      z.union([z.string().max(TEXT_LENGTH), z.number(), z.boolean(), z.null()]),
    )
    .refine(few, TOO_MANY)
    .refine((paths) => Object.values(paths).every(isWanted), { error: 'holds no RE2 expression after ~' })
    .default({})
    .meta({
      title: 'Values in JSON',
      title_fr: 'Valeurs dans le JSON',
      description: 'One a line, as “$.path: value”; a value that begins with ~ is an RE2 expression',
      description_fr:
        'Une par ligne, sous la forme « $.chemin: valeur » ; une valeur qui commence par ~ est une expression RE2',
    }),
  max_seconds: z.number().positive().max(600).optional().meta({
    title: 'Seconds at most',
    title_fr: 'Secondes au plus',
    description: 'A slower answer is a failure; thresholds warn before',
    description_fr: 'Une réponse plus lente est un échec ; les seuils avertissent avant',
  }),
  endpoints: z
    .array(z.string().max(TEXT_LENGTH).startsWith('/', { error: 'must be a path that begins with /' }))
    .max(MOST)
    .default([])
    .meta({
      title: 'Further critical endpoints',
      title_fr: 'Autres points d’accès critiques',
      description: 'Paths on the same host, asked with GET, one a line',
      description_fr: 'Chemins sur le même hôte, demandés par GET, un par ligne',
    }),
  endpoint_status: statusSet().default('200-399, 401, 403').meta({
    title: 'Statuses of these that are well',
    title_fr: 'Statuts corrects de ceux-ci',
  }),
  tls_ca: tlsSettings().tls_ca,
  tls_verify: z.boolean().default(true).meta({
    title: 'Certificate must be trusted',
    title_fr: 'Le certificat doit être reconnu',
  }),
});

export type Settings = z.output<typeof settings>;

function isWanted(value: unknown): boolean {
  return typeof value !== 'string' || !value.startsWith('~') || isExpression(value.slice(1));
}
