/** Serves the web UI: its files, and its one page at every address that the UI knows. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { SESSION_COOKIE } from '../../accounts/sessions.ts';
import type { Context } from '../../context.ts';
import { NOT_FOUND_PAGE } from '../not-found.ts';
import type { Route } from '../route.ts';
import { BuiltFiles } from './built-files.ts';
import { framePage } from './frame-page.ts';

/**
 * Addresses of the UI, the originals' among them. What lies below them is the UI's business: it shows that
 * nothing is there where nothing is.
 */
const PAGES = [
  '/',
  '/checks',
  '/checks/*',
  '/alerts',
  '/alerts/*',
  '/silences',
  '/silences/*',
  '/targets',
  '/graph',
  '/projects/*',
  '/account',
  '/account/*',
  '/admin/*',
  '/cloaked/*',
  '/accounts/login/',
];
/** Those of the ways in, which do not ask first who is signed in. */
const ENTRY_PAGES = ['/signin', '/register', '/forgotten', '/reset', '/setup', '/invitation'];
const HAS_SESSION = new RegExp(`(?:^|;\\s*)${SESSION_COOKIE}=[^;]`);
/** Files whose name changes with their content are never asked for again. */
const FOREVER = 'public, max-age=31536000, immutable';
const AN_HOUR = 'public, max-age=3600';
const NOT_BUILT = `<!doctype html><html lang="en"><title>Vigie</title><h1>The web UI is not built</h1>
<p>Run <code>npm run build:web</code> and start the server again. Everything else works.</p></html>`;

export function webRoutes(context: Context, files = new BuiltFiles()): Route[] {
  const basePath = (): string => new URL(context.config().baseUrl).pathname.replace(/\/$/, '');

  async function sendFrame(
    request: FastifyRequest,
    reply: FastifyReply,
    asksWho: boolean,
  ): Promise<FastifyReply> {
    const built = await files.read('index.html', '');
    if (built === null) return reply.code(503).type('text/html; charset=utf-8').send(NOT_BUILT);
    const { siteName } = context.config();
    const cookies = request.headers.cookie ?? '';
    const begun = asksWho && HAS_SESSION.test(cookies) ? ['/api/vigie/session'] : [];
    const facts = { siteName, basePath: basePath(), cookies, begun };
    const { html, headers } = framePage(built.bytes.toString(), facts);
    return reply.headers(headers).send(html);
  }

  async function sendFile(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const name = new URL(request.url, 'http://file').pathname.slice(1);
    const file = await files.read(name, String(request.headers['accept-encoding'] ?? ''));
    if (file === null) return reply.code(404).type('text/html; charset=utf-8').send(NOT_FOUND_PAGE);
    if (file.encoding !== null) reply.header('Content-Encoding', file.encoding);
    return reply
      .headers({
        'Content-Type': file.type,
        'Cache-Control': name.startsWith('assets/') ? FOREVER : AN_HOUR,
        'X-Content-Type-Options': 'nosniff',
        Vary: 'Accept-Encoding',
      })
      .send(file.bytes);
  }

  const open = (url: string, handler: Route['handler']): Route => ({
    method: 'GET',
    url,
    access: 'open',
    handler,
  });
  const beside = files.names.filter((name) => !/^(?:assets\/|\.vite\/|index\.html$)/.test(name));
  return [
    ...PAGES.map((url) => open(url, (request, reply) => sendFrame(request, reply, true))),
    ...ENTRY_PAGES.map((url) => open(url, (request, reply) => sendFrame(request, reply, false))),
    open('/assets/*', sendFile),
    ...beside.map((name) => open(`/${name}`, sendFile)),
  ];
}
