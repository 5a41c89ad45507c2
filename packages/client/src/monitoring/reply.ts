/** What a caller of the router is answered, whatever framework sends it. */
export interface Reply {
  status: number;
  headers: Record<string, string>;
  body: string;
}

/** The failures of the router's own, in the codes of the server. */
const STATUS = { forbidden: 403, not_found: 404, internal: 500, unavailable: 503 } as const;

/** A failure in the shape that the server gives its own. */
export function failure(code: keyof typeof STATUS, message: string): Reply {
  return jsonReply(STATUS[code], JSON.stringify({ error: { code, message } }));
}

/** Nobody keeps it, and no browser takes it for a page. */
export function jsonReply(status: number, body: string): Reply {
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  };
  return { status, headers, body };
}
