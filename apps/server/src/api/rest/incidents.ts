/** Incidents: what grave alerts opened, and how long it took. */
import {
  type Incident,
  incidentDetailSchema,
  incidentListParameters,
  incidentSchema,
  incidentSummaryParameters,
  incidentSummarySchema,
  pageSchema,
} from '@vigie/contract';
import { actorText } from '../../accounts/actor-text.ts';
import { SEVERITIES } from '../../alerts/model.ts';
import { alertsWhere } from '../../alerts/read-alerts.ts';
import { AppError } from '../../errors.ts';
import { storyOf } from '../../explain/story.ts';
import { wordsIn } from '../../explain/words/words.ts';
import { incidentMeans, incidentsWhere, type ListedIncident } from '../../incidents/read-incidents.ts';
import type { Language } from '../../notify/texts/texts.ts';
import { presentAlerts, presentStory, storyAlert } from './alert-views.ts';
import { alertView } from './alerts.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type RestRoute } from './define.ts';
import { chosenProject, projectOfIncident } from './find-project.ts';
import { instant, instantOrNull, seconds } from './format.ts';
import { pageFrom, pageSize } from './page.ts';
import { readerLanguage } from './reader-language.ts';

/** Milliseconds summed up when nobody says. */
const USUAL_RANGE = 30 * 86_400_000;
/** Alerts of an incident, and entries of its time line, that are shown. */
const MOST_MEMBERS = 100;
const TIMELINE_LENGTH = 2_000;

function presentIncident(row: ListedIncident, project: string, language: Language): Incident {
  const { started_at: started, detected_at: detected } = row;
  const { acknowledged_at: acknowledged, resolved_at: resolved } = row;
  return {
    id: row.code,
    project,
    title: row.title,
    severity: SEVERITIES.find((severity) => severity === row.severity) ?? 'error',
    state: resolved === null ? 'open' : 'resolved',
    started_at: instant(started),
    detected_at: instant(detected),
    acknowledged_at: instantOrNull(acknowledged),
    acknowledged_by: acknowledged === null ? null : actorText(row.acknowledged_by, language),
    resolved_at: instantOrNull(resolved),
    time_to_detect: between(started, detected),
    time_to_acknowledge: acknowledged === null ? null : between(detected, acknowledged),
    time_to_resolve: resolved === null ? null : between(started, resolved),
    alerts: Number(row.alerts ?? 0),
  };
}

/** Seconds; a step of the clock makes none of them negative. */
function between(from: number, to: number): number {
  return seconds(Math.max(0, to - from));
}

const listIncidents = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/incidents',
  tag: 'incidents',
  summary: 'Lists incidents, newest first',
  find: chosenProject,
  access: 'project.read',
  query: incidentListParameters,
  success: { status: 200, description: 'Incidents', schema: pageSchema(incidentSchema) },
  async handle(call) {
    const { context, query, project } = call;
    const { cursor, state } = query;
    const language = readerLanguage(call);
    const before = cursor === undefined ? undefined : readCursor(cursor, 'incidents', ['number'])[0];
    const filter = { projectId: project.id, state, before };
    const rows = await incidentsWhere(context.store.db, filter, pageSize(query) + 1);
    const present = (row: ListedIncident) => presentIncident(row, project.code, language);
    return pageFrom(rows, query, present, (row) => writeCursor('incidents', row.id));
  },
});

const summarize = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/incidents/summary',
  tag: 'incidents',
  summary: 'Mean times to detect, acknowledge and resolve: of the last 30 days unless told',
  find: chosenProject,
  access: 'project.read',
  query: incidentSummaryParameters,
  success: { status: 200, description: 'The means', schema: incidentSummarySchema },
  async handle({ context, query, project }) {
    const until = query.to === undefined ? context.clock.now() + 1 : Date.parse(query.to);
    const from = query.from === undefined ? until - USUAL_RANGE : Date.parse(query.from);
    if (from >= until) throw new AppError('invalid', 'from is not before to', { field: 'from' });
    const means = await incidentMeans(context.store.db, project.id, { from, until });
    const mean = (value: number | null) => (value === null ? null : seconds(Math.max(0, Math.round(value))));
    return {
      from: instant(from),
      to: instant(until),
      count: means.count,
      acknowledged: means.acknowledged,
      resolved: means.resolved,
      mttd: mean(means.timeToDetect),
      mtta: mean(means.timeToAcknowledge),
      mttr: mean(means.timeToResolve),
    };
  },
});

const getIncident = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/incidents/:incident',
  tag: 'incidents',
  summary: 'Shows an incident with its alerts and its time line',
  find: projectOfIncident,
  access: 'project.read',
  success: { status: 200, description: 'The incident', schema: incidentDetailSchema },
  async handle(call) {
    const { project, params } = call;
    const { db } = call.context.store;
    const language = readerLanguage(call);
    const [row] = await incidentsWhere(db, { projectId: project.id, code: params['incident'] ?? '' }, 1);
    if (row === undefined) throw new AppError('not_found', 'no such incident');
    const filter = { projectId: project.id, incidentId: row.id };
    const members = (await alertsWhere(db, filter, MOST_MEMBERS)).reverse();
    const { entries, cut } = await storyOf(db, members.map(storyAlert), TIMELINE_LENGTH, wordsIn(language));
    const shown = presentIncident(row, project.code, language);
    return {
      ...shown,
      members: await presentAlerts(members, alertView(call)),
      timeline: await presentStory(entries, alertView(call)),
      cut: cut || shown.alerts > members.length,
    };
  },
});

/** The summary comes first: its path would be an incident's too. */
export const incidentRoutes: RestRoute[] = [listIncidents, summarize, getIncident];
