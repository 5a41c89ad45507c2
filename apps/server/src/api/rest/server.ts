/** The server itself. */
import { outageSchema, pageParameters, pageSchema, serverSchema } from '@vigie/contract';
import { z } from 'zod';
import { hasAdmin } from '../../accounts/users.ts';
import { VERSION } from '../../version.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineRoute, type RestRoute } from './define.ts';
import { instant, seconds } from './format.ts';
import { pageFrom, pageSize } from './page.ts';

const getServer = defineRoute({
  method: 'GET',
  path: '/api/vigie/server',
  tag: 'server',
  summary: 'Tells version, engine and how long the server runs',
  access: 'known',
  success: { status: 200, description: 'The server', schema: serverSchema },
  async handle({ context }) {
    const { clock, store, startedAt } = context;
    const config = context.config();
    const now = clock.now();
    return {
      version: VERSION,
      engine: store.engine,
      now: instant(now),
      started_at: instant(startedAt),
      uptime: seconds(Math.max(0, now - startedAt)),
      set_up: await hasAdmin(store.db),
      site_name: config.siteName,
      base_url: config.baseUrl,
      ping_endpoint: config.pingEndpoint,
      ping_email_domain: config.pingEmailDomain,
      mail: config.mail.url !== null,
    };
  },
});

const listOutages = defineRoute({
  method: 'GET',
  path: '/api/vigie/outages',
  tag: 'server',
  summary: 'Lists the times in which nobody watched, the latest first',
  access: 'known',
  query: z.strictObject(pageParameters),
  success: { status: 200, description: 'Outages', schema: pageSchema(outageSchema) },
  async handle({ context, query }) {
    let rows = context.store.db.selectFrom('outages').selectAll();
    if (query.cursor !== undefined) {
      rows = rows.where('id', '<', readCursor(query.cursor, 'outages', ['number'])[0]);
    }
    const found = await rows
      .orderBy('id', 'desc')
      .limit(pageSize(query) + 1)
      .execute();
    return pageFrom(
      found,
      query,
      (row) => ({ id: String(row.id), from: instant(row.from_at), to: instant(row.to_at), moved: row.moved }),
      (row) => writeCursor('outages', row.id),
    );
  },
});

export const serverRoutes: RestRoute[] = [getServer, listOutages];
