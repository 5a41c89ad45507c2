/** What happened to a check: pings, flips and messages in one list. */
import { pageSchema, type TimelineEntry, timelineEntrySchema, timelineParameters } from '@vigie/contract';
import type { z } from 'zod';
import { requireGrant } from '../../accounts/identity.ts';
import { flipPage } from '../../checks/history.ts';
import type { PresentedCheck } from '../../checks/manage.ts';
import { type ListedPing, pingsOf } from '../../checks/queries.ts';
import { shownDurations } from '../../checks/shown-durations.ts';
import { deliveriesWhere, type LedgerEntry } from '../../notify/read-ledger.ts';
import type { FlipRow } from '../../store/schema.ts';
import { presentFlip, presentPing } from './check-views.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { deliveryView, presentDelivery } from './deliveries.ts';
import { projectOfCheck } from './find-project.ts';
import { instant } from './format.ts';
import { newestFirst } from './newest-first.ts';
import { ownCheck } from './own-check.ts';
import { pageSize } from './page.ts';

/** Where each of the lists is to go on: below this ping, behind this flip, below this delivery. */
interface Position {
  n: number;
  flip: { at: number; id: string };
  delivery: number;
}

const BEGINNING: Position = {
  n: Number.MAX_SAFE_INTEGER,
  flip: { at: Number.MAX_SAFE_INTEGER, id: '' },
  delivery: Number.MAX_SAFE_INTEGER,
};

type Happening =
  | { kind: 'ping'; at: number; row: ListedPing }
  | { kind: 'flip'; at: number; row: FlipRow }
  | { kind: 'delivery'; at: number; row: LedgerEntry };

type Call = ProjectCall<z.output<typeof timelineParameters>, undefined>;

const getTimeline = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/checks/:check/timeline',
  tag: 'checks',
  summary: 'Lists what happened to a check, newest first: its pings, its flips and its messages',
  find: projectOfCheck,
  access: 'project.read',
  query: timelineParameters,
  success: { status: 200, description: 'What happened', schema: pageSchema(timelineEntrySchema) },
  async handle(call) {
    const check = await ownCheck(call);
    const size = pageSize(call.query);
    const from = positionOf(call.query.cursor);
    // One more of each: should it be the surplus, there is more.
    const lists = await listsOf(call, check, from, size + 1);
    const all = newestFirst(lists, size + 1);
    const shown = all.slice(0, size);
    return {
      items: await present(call, check, shown),
      next: all.length > size ? cursorOf(positionAfter(from, shown)) : null,
    };
  },
});

/** What came at one instant began with the ping: newest first, the message comes before what it tells of. */
async function listsOf(call: Call, check: PresentedCheck, from: Position, limit: number) {
  const { context, project } = call;
  const { db } = context.store;
  const { check_id: checkId } = check;
  const kinds = wantedKinds(call);
  const pings = kinds.includes('ping')
    ? await pingsOf(db, checkId, {
        aboveN: check.n_pings - context.config().pingLogLimit,
        belowN: from.n,
        limit,
      })
    : [];
  const flips = kinds.includes('flip') ? await flipPage(db, checkId, { after: from.flip, limit }) : [];
  const deliveries = kinds.includes('delivery')
    ? await deliveriesWhere(db, { projectId: project.id, checkId, before: from.delivery, limit })
    : [];
  return [
    deliveries.map((row): Happening => ({ kind: 'delivery', at: row.created_at, row })),
    flips.map((row): Happening => ({ kind: 'flip', at: row.created_at, row })),
    pings.map((row): Happening => ({ kind: 'ping', at: row.created_at, row })),
  ];
}

/** @throws AppError `forbidden` for pings that the caller asks for and may not see. */
function wantedKinds({ query, grant }: Call): Happening['kind'][] {
  if (query.kind?.includes('ping')) requireGrant(grant, 'ping.read');
  return query.kind ?? ['flip', 'delivery', ...(grant.may('ping.read') ? (['ping'] as const) : [])];
}

async function present(
  call: Call,
  check: PresentedCheck,
  shown: readonly Happening[],
): Promise<TimelineEntry[]> {
  const { context, grant } = call;
  const view = deliveryView(call);
  const pings = shown.flatMap((one) => (one.kind === 'ping' ? [one.row] : []));
  const durations = await shownDurations(context.store.db, pings);
  return shown.map((one): TimelineEntry => {
    const at = instant(one.at);
    if (one.kind === 'ping')
      return { at, kind: 'ping', ping: presentPing(one.row, durations.get(one.row.n)) };
    if (one.kind === 'flip') return { at, kind: 'flip', flip: presentFlip(one.row, check, grant) };
    return { at, kind: 'delivery', delivery: presentDelivery(one.row, view) };
  });
}

function positionAfter(from: Position, shown: readonly Happening[]): Position {
  const position = { ...from };
  for (const { kind, at, row } of shown) {
    if (kind === 'ping') position.n = row.n;
    else if (kind === 'flip') position.flip = { at, id: row.id };
    else position.delivery = row.id;
  }
  return position;
}

function positionOf(cursor: string | undefined): Position {
  if (cursor === undefined) return BEGINNING;
  const [n, at, id, delivery] = readCursor(cursor, 'timeline', ['number', 'number', 'string', 'number']);
  return { n, flip: { at, id }, delivery };
}

function cursorOf({ n, flip, delivery }: Position): string {
  return writeCursor('timeline', n, flip.at, flip.id, delivery);
}

export const timelineRoutes: RestRoute[] = [getTimeline];
