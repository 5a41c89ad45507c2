/** What a check reported, and what became of it. */
import { pageParameters, pageSchema, pingSchema, rollupParameters, rollupsSchema } from '@vigie/contract';
import { z } from 'zod';
import { historyOf } from '../../checks/history.ts';
import { type ListedPing, pingByNumber, pingsOf } from '../../checks/queries.ts';
import { DAY, HOUR } from '../../checks/rollup.ts';
import { shownDurations } from '../../checks/shown-durations.ts';
import { AppError } from '../../errors.ts';
import type { PingRow } from '../../store/schema.ts';
import { presentEntry, presentPing, presentTotal } from './check-views.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { projectOfCheck } from './find-project.ts';
import { instant } from './format.ts';
import { ownCheck } from './own-check.ts';
import { pageFrom, pageSize } from './page.ts';

const CHECK = '/api/vigie/checks/:check';

const listPings = defineProjectRoute({
  method: 'GET',
  path: `${CHECK}/pings`,
  tag: 'pings',
  summary: 'Lists the kept pings of a check, newest first',
  find: projectOfCheck,
  access: 'ping.read',
  query: z.strictObject(pageParameters),
  success: { status: 200, description: 'Pings', schema: pageSchema(pingSchema) },
  async handle(call) {
    const { context, query } = call;
    const check = await ownCheck(call);
    const below =
      query.cursor === undefined ? {} : { belowN: readCursor(query.cursor, 'pings', ['number'])[0] };
    const pings = await pingsOf(context.store.db, check.check_id, {
      aboveN: check.n_pings - context.config().pingLogLimit,
      ...below,
      limit: pageSize(query) + 1,
    });
    const durations = await shownDurations(context.store.db, pings);
    const present = (ping: ListedPing) => presentPing(ping, durations.get(ping.n));
    return pageFrom(pings, query, present, (ping) => writeCursor('pings', ping.n));
  },
});

const getPing = defineProjectRoute({
  method: 'GET',
  path: `${CHECK}/pings/:ping`,
  tag: 'pings',
  summary: 'Shows one kept ping of a check',
  find: projectOfCheck,
  access: 'ping.read',
  success: { status: 200, description: 'The ping', schema: pingSchema },
  async handle(call) {
    const { body, ...row } = await keptPing(call);
    const ping = { ...row, size: body?.length ?? 0 };
    return presentPing(ping, (await shownDurations(call.context.store.db, [ping])).get(ping.n));
  },
});

const getPingBody = defineProjectRoute({
  method: 'GET',
  path: `${CHECK}/pings/:ping/body`,
  tag: 'pings',
  summary: 'Gives the kept bytes of what a ping sent',
  find: projectOfCheck,
  access: 'ping.read',
  success: { status: 200, description: 'The bytes as they came', type: 'text/plain' },
  async handle(call) {
    const { body } = await keptPing(call);
    if (body === null || body.length === 0) throw new AppError('not_found', 'this ping has no body');
    return Buffer.from(body);
  },
});

async function keptPing(call: ProjectCall<unknown, unknown>): Promise<PingRow> {
  const { check_id, n_pings } = await ownCheck(call);
  const given = call.params['ping'] ?? '';
  const n = /^\d{1,15}$/.test(given) ? Number(given) : 0;
  const kept = n > n_pings - call.context.config().pingLogLimit;
  const ping = kept ? await pingByNumber(call.context.store.db, check_id, n) : undefined;
  if (ping === undefined) throw new AppError('not_found', 'no such ping');
  return ping;
}

/** Rows of an answer at most: what is kept by the day, and a month by the hour. */
const LONGEST = { hour: 32 * DAY, day: 400 * DAY } as const;
/** What is shown when nobody says. */
const USUAL = { hour: 2 * DAY, day: 90 * DAY } as const;

const getRollups = defineProjectRoute({
  method: 'GET',
  path: `${CHECK}/rollups`,
  tag: 'checks',
  summary: 'Sums by hour or day, with the uptime: the last 48 hours or 90 days unless told',
  find: projectOfCheck,
  access: 'project.read',
  query: rollupParameters,
  success: { status: 200, description: 'Sums, oldest first', schema: rollupsSchema },
  async handle(call) {
    const { context, query } = call;
    const check = await ownCheck(call);
    const now = context.clock.now();
    const period = query.period ?? 'day';
    const { from, until } = rangeOf(query, period, now);
    const range = { period: period === 'hour' ? ('h' as const) : ('d' as const), from, until };
    const { entries, total } = await historyOf(context.store.db, check, range, now);
    return {
      period,
      from: instant(from),
      to: instant(until),
      items: entries.map(presentEntry),
      total: presentTotal(total),
    };
  },
});

/** Whole hours or days, UTC. @throws AppError `invalid`. */
function rangeOf(query: z.output<typeof rollupParameters>, period: 'hour' | 'day', now: number) {
  const step = period === 'hour' ? HOUR : DAY;
  const until = Math.ceil((query.to === undefined ? now + 1 : Date.parse(query.to)) / step) * step;
  const from =
    Math.floor((query.from === undefined ? until - USUAL[period] : Date.parse(query.from)) / step) * step;
  if (from >= until) throw new AppError('invalid', 'from is not before to', { field: 'from' });
  if (until - from > LONGEST[period]) {
    const days = LONGEST[period] / DAY;
    throw new AppError('invalid', `from is more than ${days} days before to`, { field: 'from' });
  }
  return { from, until };
}

export const pastRoutes: RestRoute[] = [listPings, getPing, getPingBody, getRollups];
