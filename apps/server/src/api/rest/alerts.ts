/** Alerts: what is or was wrong, and what was done about it. */
import {
  type Alert,
  acknowledgeSchema,
  alertListParameters,
  alertSchema,
  alertStorySchema,
  pageSchema,
} from '@vigie/contract';
import { actorOf } from '../../accounts/identity.ts';
import { requireBounded, type Test, testOfMatchers } from '../../alerts/matchers.ts';
import { parseMatcher } from '../../alerts/parse-matcher.ts';
import { alertsWhere, type ListedAlert, searchAlerts } from '../../alerts/read-alerts.ts';
import { AppError } from '../../errors.ts';
import { storyOf } from '../../explain/story.ts';
import { wordsIn } from '../../explain/words/words.ts';
import { type AlertView, presentAlerts, presentStory, storyAlert } from './alert-views.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { alertIdIn, chosenProject, projectOfAlert } from './find-project.ts';
import { pageSize } from './page.ts';
import { readerLanguage } from './reader-language.ts';

const ALERT = '/api/vigie/alerts/:alert';
/** Entries of the account of one alert. */
const STORY_LENGTH = 2_000;

type AnyCall = ProjectCall<unknown, unknown>;

export function alertView(call: AnyCall): AlertView {
  const { context, project, grant } = call;
  return { db: context.store.db, project, grant, now: context.clock.now(), language: readerLanguage(call) };
}

const listAlerts = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/alerts',
  tag: 'alerts',
  summary: 'Lists alerts, newest first',
  find: chosenProject,
  access: 'project.read',
  query: alertListParameters,
  success: { status: 200, description: 'Alerts', schema: pageSchema(alertSchema) },
  async handle(call) {
    const { context, query, project } = call;
    const { cursor, filter = [], severity, limit: _, project: __, ...filters } = query;
    const { alerts, next } = await searchAlerts(
      context.store.db,
      {
        ...filters,
        projectId: project.id,
        severities: severity,
        before: cursor === undefined ? undefined : readCursor(cursor, 'alerts', ['number'])[0],
      },
      testsOf(filter),
      pageSize(query),
    );
    const items = await presentAlerts(alerts, alertView(call));
    return { items, next: next === null ? null : writeCursor('alerts', next) };
  },
});

/** @throws AppError `invalid` */
function testsOf(filter: readonly string[]): Test[] {
  if (filter.length === 0) return [];
  const matchers = filter.map((text) => parseMatcher(text, 'filter'));
  requireBounded(matchers, 'filter');
  return [testOfMatchers(matchers)];
}

const getAlert = defineProjectRoute({
  method: 'GET',
  path: ALERT,
  tag: 'alerts',
  summary: 'Shows an alert',
  find: projectOfAlert('alert'),
  access: 'project.read',
  success: { status: 200, description: 'The alert', schema: alertSchema },
  handle: async (call) => shownAlert(call, await ownAlert(call)),
});

const acknowledge = defineProjectRoute({
  method: 'POST',
  path: `${ALERT}/acknowledge`,
  tag: 'alerts',
  summary: 'Says that somebody is at it; whoever comes second changes nothing and sees who was first',
  find: projectOfAlert('alert'),
  access: 'alert.write',
  body: acknowledgeSchema,
  success: { status: 200, description: 'The alert', schema: alertSchema },
  async handle(call) {
    const { context, identity, project, body, params } = call;
    await context.writer.run('alerts.acknowledge', {
      projectId: project.id,
      alertId: alertIdIn(params['alert']) ?? 0,
      actor: actorOf(identity),
      comment: body.comment ?? '',
    });
    return shownAlert(call, await ownAlert(call));
  },
});

const takeBack = defineProjectRoute({
  method: 'DELETE',
  path: `${ALERT}/acknowledge`,
  tag: 'alerts',
  summary: 'Takes an acknowledgement back: nobody is at it',
  find: projectOfAlert('alert'),
  access: 'alert.write',
  success: { status: 200, description: 'The alert', schema: alertSchema },
  async handle(call) {
    const { context, identity, project, params } = call;
    await context.writer.run('alerts.unacknowledge', {
      projectId: project.id,
      alertId: alertIdIn(params['alert']) ?? 0,
      actor: actorOf(identity),
    });
    return shownAlert(call, await ownAlert(call));
  },
});

const explainAlert = defineProjectRoute({
  method: 'GET',
  path: `${ALERT}/explain`,
  tag: 'alerts',
  summary: 'Tells everything that happened to an alert, in order of time',
  find: projectOfAlert('alert'),
  access: 'project.read',
  success: { status: 200, description: 'The alert and its story', schema: alertStorySchema },
  async handle(call) {
    const row = await ownAlert(call);
    const words = wordsIn(readerLanguage(call));
    const { entries, cut } = await storyOf(call.context.store.db, [storyAlert(row)], STORY_LENGTH, words);
    return {
      alert: await shownAlert(call, row),
      story: await presentStory(entries, alertView(call)),
      cut,
    };
  },
});

async function ownAlert(call: AnyCall): Promise<ListedAlert> {
  const id = alertIdIn(call.params['alert']) ?? 0;
  const [row] = await alertsWhere(call.context.store.db, { projectId: call.project.id, id }, 1);
  if (row === undefined) throw new AppError('not_found', 'no such alert');
  return row;
}

async function shownAlert(call: AnyCall, row: ListedAlert): Promise<Alert> {
  const [alert] = await presentAlerts([row], alertView(call));
  if (alert === undefined) throw new AppError('not_found', 'no such alert');
  return alert;
}

export const alertRoutes: RestRoute[] = [listAlerts, getAlert, acknowledge, takeBack, explainAlert];
