/** The one HTML page of the web UI: what it says in its head comes from the server, the rest is script. */
import { randomBytes } from 'node:crypto';
import { html as markup } from '../../html.ts';

const THEMES = new Set(['light', 'dark']);

export interface FramePage {
  html: string;
  headers: Record<string, string>;
}

/** What the page is told. */
interface FrameFacts {
  /** What the site is called. */
  siteName: string;
  /** The path that the server lives under; empty = none. */
  basePath: string;
  /** The `Cookie` header, for the theme that somebody chose. */
  cookies: string;
  /** Calls that the page will make first, and that the browser may make while it loads the page's scripts. */
  begun: readonly string[];
}

/**
 * Fills in the page that was built. Scripts and styles come from the server alone; the nonce is for the one style
 * that an open dialog adds to keep the page behind it still.
 */
export function framePage(built: string, { siteName, basePath, cookies, begun }: FrameFacts): FramePage {
  const nonce = randomBytes(16).toString('base64');
  const theme = /(?:^|;\s*)vigie_theme=([a-z]+)/.exec(cookies)?.[1] ?? '';
  const html = built
    .replace('<meta name="csp-nonce" content=""', `<meta name="csp-nonce" content="${nonce}"`)
    .replace('<meta name="base-path" content=""', `<meta name="base-path" content="${basePath}"`)
    .replace(
      '<html lang="en"',
      THEMES.has(theme) ? `<html lang="en" data-theme="${theme}"` : '<html lang="en"',
    )
    .replace(/<title>[^<]*<\/title>/, () => markup`<title>${siteName}</title>`.text)
    .replace('</head>', `${begun.map((path) => preload(basePath + path)).join('')}</head>`)
    .replaceAll(/(href|src)="\.\//g, `$1="${basePath}/`);
  return { html, headers: { ...HEADERS, 'Content-Security-Policy': policyWith(nonce) } };
}

/** As `fetch` asks for it: with the cookies of the site. */
function preload(path: string): string {
  return `<link rel="preload" as="fetch" href="${path}" crossorigin="anonymous" />`;
}

const HEADERS = {
  'Content-Type': 'text/html; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  // Links with tokens stay here.
  'Referrer-Policy': 'same-origin',
  'Permissions-Policy': 'camera=(), microphone=(), geolocation=()',
};

function policyWith(nonce: string): string {
  return [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join('; ');
}
