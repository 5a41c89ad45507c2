import type { Desk } from './desk.ts';
import { segmentsBehind } from './segments-behind.ts';

/** The part of Hono's context that is read. */
export interface HonoContext {
  req: { method: string; path: string; routePath: string };
}

export type HonoMonitoring<Context> = (context: HonoContext & Context) => Promise<Response>;

/** For `app.use('/path/*', ...)`. */
export function honoMonitoring<Context>(desk: Desk<Context>): HonoMonitoring<Context> {
  return async (context) => {
    const { method, path, routePath } = context.req;
    const segments = segmentsBehind(routePath.replace(/\*$/, ''), path);
    const { status, headers, body } = await desk.answer(context, method, segments);
    return new Response(body, { status, headers });
  };
}
