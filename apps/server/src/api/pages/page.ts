import type { FastifyReply } from 'fastify';
import { RateLimited } from '../../accounts/rate-limit.ts';
import { AppError } from '../../errors.ts';
import { Html, html } from './html.ts';
import { STYLE, STYLE_HASH } from './style.ts';

/** No script, nothing from elsewhere, in no frame. */
const POLICY = [
  "default-src 'none'",
  `style-src '${STYLE_HASH}'`,
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

const HEADERS = {
  'Content-Security-Policy': POLICY,
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  // Links with tokens stay here; "no-referrer" would take the Origin away from our own forms.
  'Referrer-Policy': 'same-origin',
};

export interface Page {
  title: string;
  /** The name of the site. */
  site: string;
  body: Html;
  /** Beside the site's name; null = nothing. */
  menu?: Html | null;
  /** `en` unless told. */
  language?: string;
  /** One form, not a table. */
  narrow?: boolean;
}

/** Answers with a page. */
export function sendPage(reply: FastifyReply, status: number, page: Page): FastifyReply {
  const { text } = html`<!doctype html>
<html lang="${page.language ?? 'en'}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} - ${page.site}</title>
<style>${new Html(STYLE)}</style>
</head>
<body>
<header><strong>${page.site}</strong>${page.menu ?? null}</header>
<main${page.narrow ? html` class="narrow"` : null}>
<h1>${page.title}</h1>
${page.body}
</main>
</body>
</html>
`;
  return reply.code(status).headers(HEADERS).type('text/html; charset=utf-8').send(text);
}

/** Sends the browser to another page, which it is to GET. */
export function redirect(reply: FastifyReply, path: string): FastifyReply {
  return reply.code(303).headers(HEADERS).header('Location', path).send();
}

/** A failure that the page's reader can mend, with its status; whatever else is thrown on. */
export function readable(reply: FastifyReply, error: unknown): AppError {
  if (!(error instanceof AppError) || error.code === 'internal') throw error;
  if (error instanceof RateLimited) reply.header('Retry-After', String(error.retryAfter));
  return error;
}
