/** The ledger of deliveries: what was sent to whom, and what was not. */
import {
  type Delivery,
  deliveryDetailSchema,
  deliveryListParameters,
  deliverySchema,
  pageSchema,
} from '@vigie/contract';
import type { Grant } from '../../accounts/identity.ts';
import { AppError } from '../../errors.ts';
import { worded } from '../../explain/words/phrases.ts';
import { typeset } from '../../explain/words/typeset.ts';
import {
  attemptsOf,
  deliveriesWhere,
  type LedgerEntry,
  type LedgerFilter,
} from '../../notify/read-ledger.ts';
import type { Language } from '../../notify/texts/texts.ts';
import { checkId } from './check-views.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject, projectOfDelivery } from './find-project.ts';
import { instant, instantOrNull, seconds } from './format.ts';
import { pageFrom, pageSize } from './page.ts';
import { readerLanguage } from './reader-language.ts';

/** What of whoever asks decides how a delivery is shown. */
export interface DeliveryView {
  /** The project's public id. */
  project: string;
  grant: Grant;
  language: Language;
}

export function deliveryView(call: ProjectCall<unknown, unknown>): DeliveryView {
  return { project: call.project.code, grant: call.grant, language: readerLanguage(call) };
}

export function presentDelivery(row: LedgerEntry, { project, grant, language }: DeliveryView): Delivery {
  const { check_code: code, check_key: unique_key } = row;
  return {
    id: String(row.id),
    key: row.key,
    project,
    channel: row.channel_code,
    channel_name: row.channel_name,
    user: row.user_id === null ? null : String(row.user_id),
    check: code === null || unique_key === null ? null : checkId({ code, unique_key }, grant),
    check_name: row.check_name,
    alert: row.alert_name === null ? null : String(row.alert_id),
    alert_name: row.alert_name,
    kind: row.kind,
    state: row.state,
    attempts: row.attempts,
    created_at: instant(row.created_at),
    finished_at: instantOrNull(row.finished_at),
    answer: resultText(row.answer, language),
    error: resultText(row.error, language),
  };
}

/** What came of a try: what is ours is worded, what a provider said stands as it is. */
function resultText(text: string, language: Language): string {
  return typeset(worded(text, language), language);
}

const listDeliveries = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/deliveries',
  tag: 'deliveries',
  summary: 'Lists messages to channels, newest first',
  find: chosenProject,
  access: 'project.read',
  query: deliveryListParameters,
  success: { status: 200, description: 'Deliveries', schema: pageSchema(deliverySchema) },
  async handle(call) {
    const { context, project, query } = call;
    const { cursor, limit: _, project: __, ...filters } = query;
    const filter: LedgerFilter = { projectId: project.id, ...definedOf(filters), limit: pageSize(query) + 1 };
    if (cursor !== undefined) filter.before = readCursor(cursor, 'deliveries', ['number'])[0];
    const rows = await deliveriesWhere(context.store.db, filter);
    const view = deliveryView(call);
    const present = (row: LedgerEntry) => presentDelivery(row, view);
    return pageFrom(rows, query, present, (row) => writeCursor('deliveries', row.id));
  },
});

type Filters = Pick<LedgerFilter, 'check' | 'channel' | 'state' | 'key'>;

function definedOf(filters: { [K in keyof Filters]?: Filters[K] | undefined }): Filters {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined));
}

const getDelivery = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/deliveries/:delivery',
  tag: 'deliveries',
  summary: 'Shows a message to a channel with every try',
  find: projectOfDelivery,
  access: 'project.read',
  success: { status: 200, description: 'The delivery', schema: deliveryDetailSchema },
  async handle(call: ProjectCall<unknown, unknown>) {
    const view = deliveryView(call);
    const { db } = call.context.store;
    const id = Number(call.params['delivery']);
    const [row] = await deliveriesWhere(db, { projectId: call.project.id, id, limit: 1 });
    if (row === undefined) throw new AppError('not_found', 'no such delivery');
    const tries = await attemptsOf(db, id);
    return {
      ...presentDelivery(row, view),
      tries: tries.map(({ n, at, duration, outcome, answer }) => ({
        n,
        at: instant(at),
        duration: seconds(duration),
        outcome,
        answer: resultText(answer, view.language),
      })),
    };
  },
});

export const deliveryRoutes: RestRoute[] = [listDeliveries, getDelivery];
