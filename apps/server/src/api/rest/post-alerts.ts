/** Posting alerts: in our own words, and as Alertmanager's webhook. */
import {
  type AlertsAccepted,
  alertsAcceptedSchema,
  alertWebhookSchema,
  givenAlertsSchema,
  givenWebhookSchema,
  idSchema,
  POST_BOUNDS,
  postedAlertsSchema,
} from '@vigie/contract';
import { z } from 'zod';
import type { PostedAlert } from '../../alerts/model.ts';
import {
  type PostOrigin,
  type Rejected,
  readEach,
  readPostedAlert,
  readWebhookAlert,
} from '../../alerts/read-post.ts';
import { ACTIVE_LIMIT } from '../../alerts/receive.ts';
import { AppError } from '../../errors.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject } from './find-project.ts';

const query = z.strictObject({
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
});
const success = {
  status: 200,
  description: 'They are stored; which were not, and why',
  schema: alertsAcceptedSchema,
} as const;

/** What a call brought. */
interface Given {
  source: 'api' | 'webhook';
  list: readonly unknown[];
  /** The name of the list in the body; empty = it is the body. */
  field: string;
  read(given: unknown, origin: PostOrigin): PostedAlert;
}

/** Takes in what can be; an error only when nothing can. @throws AppError `invalid`, `conflict`, `unavailable` */
async function take(call: ProjectCall<unknown, unknown>, given: Given): Promise<AlertsAccepted> {
  const { context, project, request } = call;
  const { counts, intake } = context;
  const origin = { projectId: project.id, now: context.clock.now() };
  const { posts, rejected } = await readEach(given.list, (one) => given.read(one, origin));
  if (rejected.length > 0) counts.refused('invalid', rejected.length);
  requireSome(posts, rejected, given.field);
  const bytes = Buffer.isBuffer(request.body) ? request.body.length : 0;
  const outcomes = await intake.take(posts, bytes).catch((error: unknown) => {
    counts.refused('behind', posts.length);
    throw error;
  });
  const refused = outcomes.filter((outcome) => outcome === 'refused').length;
  counts.posted(given.source, posts.length - refused);
  if (refused === 0) return { accepted: posts.length, rejected };
  counts.refused('too_many', refused);
  return { accepted: posts.length - refused, rejected: withRefused(given.list, rejected, outcomes) };
}

function requireSome(posts: readonly unknown[], rejected: readonly Rejected[], field: string): void {
  const [first] = rejected;
  if (posts.length > 0 || first === undefined) return;
  const place = [field, String(first.index)].filter((part) => part !== '').join('.');
  const others = rejected.length === 1 ? '' : `; the other ${rejected.length - 1} are no better`;
  throw new AppError('invalid', `no alert could be taken in: ${place}: ${first.message}${others}`, {
    field: first.field === '' ? place : `${place}.${first.field}`,
  });
}

const TOO_MANY = `${ACTIVE_LIMIT} alerts of the project fire already: no new one is taken in`;

/** Those that could not be read, and those that were too many, in their order. */
function withRefused(
  list: readonly unknown[],
  rejected: readonly Rejected[],
  outcomes: readonly string[],
): Rejected[] {
  const unread = new Map(rejected.map((one) => [one.index, one]));
  let next = 0;
  return list.flatMap((_, index) => {
    const known = unread.get(index);
    if (known !== undefined) return [known];
    return outcomes[next++] === 'refused' ? [{ index, field: '', message: TOO_MANY }] : [];
  });
}

const postAlerts: RestRoute = {
  ...defineProjectRoute({
    method: 'POST',
    path: '/api/vigie/alerts',
    tag: 'alerts',
    summary:
      'Posts alerts; the same labels again are the same alert. What can be taken in is, the rest is told',
    find: chosenProject,
    access: 'alert.write',
    query,
    body: givenAlertsSchema,
    success,
    handle: async (call) => take(call, { source: 'api', list: call.body, field: '', read: readPostedAlert }),
  }),
  body: postedAlertsSchema,
  bodyLimit: POST_BOUNDS.body,
};

const postWebhook: RestRoute = {
  ...defineProjectRoute({
    method: 'POST',
    path: '/api/webhook/alert',
    tag: 'alerts',
    summary: "Takes Alertmanager's webhook (payload version 4)",
    find: chosenProject,
    access: 'alert.write',
    query,
    body: givenWebhookSchema,
    success,
    handle: async (call) =>
      take(call, { source: 'webhook', list: call.body.alerts, field: 'alerts', read: readWebhookAlert }),
  }),
  body: alertWebhookSchema,
  bodyLimit: POST_BOUNDS.body,
};

export const postAlertRoutes: RestRoute[] = [postAlerts, postWebhook];
