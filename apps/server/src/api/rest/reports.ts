/** Reports about a project: who gets which by mail, and what they would say. */
import {
  reportParameters,
  reportSchema,
  reportSubscriptionsPatchSchema,
  reportSubscriptionsSchema,
} from '@vigie/contract';
import { AppError } from '../../errors.ts';
import { formsOf, unsubscribeLink } from '../../reports/compose.ts';
import { lastDue, periodBefore, zoneOf } from '../../reports/period.ts';
import { subscriptionsOf, type Wanted } from '../../reports/subscriptions.ts';
import { reportTexts } from '../../reports/texts/texts.ts';
import { viewOf } from '../../reports/view.ts';
import { personOf } from './caller.ts';
import { defineProjectRoute, defineRoute, type RawCall, type RestRoute } from './define.ts';
import { chosenProject } from './find-project.ts';
import { presentReport, presentSubscription } from './report-views.ts';

const MINE = '/api/vigie/me/reports';
const subscriptions = {
  status: 200,
  description: 'Which reports come, of every project that the caller is a member of',
  schema: reportSubscriptionsSchema,
} as const;

const listMine = defineRoute({
  method: 'GET',
  path: MINE,
  tag: 'reports',
  summary: 'Tells which reports the caller gets by mail',
  access: 'known',
  success: subscriptions,
  handle: (call) => mine(call, personOf(call).user.id),
});

const updateMine = defineRoute({
  method: 'PATCH',
  path: MINE,
  tag: 'reports',
  summary: 'Changes which reports the caller gets by mail',
  access: 'known',
  body: reportSubscriptionsPatchSchema,
  success: subscriptions,
  async handle(call) {
    const { id: userId, email } = personOf(call).user;
    const own = await subscriptionsOf(call.context.store.db, userId);
    const changes = call.body.items.map(({ project, ...given }, i) => {
      const known = own.find((one) => one.project.code === project);
      if (known !== undefined) return { projectId: known.project.id, wanted: definedOf(given) };
      const message = `not a member of a project ${project}`;
      throw new AppError('invalid', message, { field: `items.${i}.project` });
    });
    await call.context.writer.run('reports.subscribe', { userId, email, changes, actor: `user:${email}` });
    return mine(call, userId);
  },
});

async function mine({ context }: Pick<RawCall, 'context'>, userId: number) {
  const own = await subscriptionsOf(context.store.db, userId);
  return { items: own.map(presentSubscription) };
}

function definedOf(given: { [K in keyof Wanted]?: Wanted[K] | undefined }): Partial<Wanted> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

/** A mail in a browser: it may fetch nothing and run nothing. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const preview = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/reports/preview',
  tag: 'reports',
  summary: 'Shows the report that was due last, as data or as its mail (`format=html`, `format=text`)',
  find: chosenProject,
  access: 'project.read',
  query: reportParameters,
  success: { status: 200, description: 'The report', schema: reportSchema },
  async handle(call) {
    const { context, project, grant, query, identity, reply } = call;
    const user = identity.kind === 'session' ? identity.user : null;
    const { period = 'weekly', format = 'json' } = query;
    const zone = zoneOf(user?.time_zone ?? 'UTC');
    const now = context.clock.now();
    const range = periodBefore(period, zone, lastDue(period, zone, now));
    const report = await context.readReport({ project, period, range, zone });
    const { baseUrl, siteName } = context.config();
    const whose = { userId: user?.id ?? 0, projectId: project.id, period };
    const unsubscribeUrl = unsubscribeLink({ baseUrl, secretKey: context.secretKey }, whose);
    const texts = reportTexts(user?.language ?? 'en');
    const view = viewOf(report, { texts, siteName, baseUrl, unsubscribeUrl, now });
    const body = presentReport(report, { project: project.code, subject: view.subject, grant });
    if (format === 'json') return body;
    reply.headers({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    if (format === 'html') reply.header('Content-Security-Policy', MAIL_POLICY);
    const form = format === 'html' ? 'html' : 'plain';
    await reply.type(`text/${form}; charset=utf-8`).send(formsOf(view)[format]);
    return body;
  },
});

export const reportRoutes: RestRoute[] = [listMine, updateMine, preview];
