import { Buffer } from 'node:buffer';
import type { PresentedCheck } from '../../checks/manage.ts';
import { pingDurations } from '../../checks/ping-durations.ts';
import { type ListedPing, pingByNumber, pingsOf } from '../../checks/queries.ts';
import { startBefore } from '../../checks/run-start.ts';
import { AppError } from '../../errors.ts';
import { authorise } from './authorise.ts';
import type { CheckContext } from './check.ts';
import type { View } from './check-json.ts';
import type { Handler } from './endpoint.ts';
import { findCheck } from './find-check.ts';
import { isoMicroseconds } from './instant.ts';
import { viewOf } from './view.ts';

/** However long the log is, one answer holds this many pings. */
const LONGEST_PAGE = 1000;

/** `GET /checks/<uuid>/pings/`: the latest pings, newest first. */
export function listPings(context: CheckContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'write');
    const check = await findCheck(context, owner, call.params['id'] ?? '');
    const limit = Math.min(context.config().pingLogLimit, LONGEST_PAGE);
    const { db } = context.store;
    const pings = await pingsOf(db, check.check_id, { aboveN: 0, limit });
    const durations = await pingDurations(pings, (ping) => startBefore(db, ping));
    const view = viewOf(context, call, owner);
    return { pings: pings.map((ping) => pingJson(ping, check, view, durations.get(ping.n))) };
  };
}

function pingJson(ping: ListedPing, check: PresentedCheck, view: View, duration: number | undefined) {
  const body = `${view.baseUrl}/api/v${view.version}/checks/${check.code}/pings/${ping.n}/body`;
  return {
    type: ping.kind,
    date: isoMicroseconds(ping.created_at),
    n: ping.n,
    scheme: ping.scheme,
    remote_addr: ping.remote_addr,
    method: ping.method,
    ua: ping.user_agent,
    rid: ping.rid,
    body_url: ping.size > 0 ? body : null,
    ...(duration === undefined ? {} : { duration: Math.round(duration / 10) / 100 }),
  };
}

/** `GET /checks/<uuid>/pings/<n>/body`: the bytes that came with a ping. */
export function getPingBody(context: CheckContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'write');
    const check = await findCheck(context, owner, call.params['id'] ?? '');
    const n = Number(call.params['n']);
    const oldest = check.n_pings - context.config().pingLogLimit;
    const kept = n > oldest && n <= check.n_pings;
    const ping = kept ? await pingByNumber(context.store.db, check.check_id, n) : undefined;
    if (ping === undefined || ping.body === null || ping.body.length === 0) {
      throw new AppError('not_found', 'no such ping body');
    }
    return call.reply.header('Content-Type', 'text/plain').send(Buffer.from(ping.body));
  };
}
