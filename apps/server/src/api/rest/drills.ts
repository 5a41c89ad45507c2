/** Drills: paging people for practice, timed. */
import { type Drill, drillCreateSchema, drillSchema, idSchema } from '@vigie/contract';
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import { alertsWhere } from '../../alerts/read-alerts.ts';
import { AppError } from '../../errors.ts';
import { type AlertDelivery, deliveriesOf } from '../../explain/story.ts';
import { worded } from '../../explain/words/phrases.ts';
import { typeset } from '../../explain/words/typeset.ts';
import type { Language } from '../../notify/texts/texts.ts';
import { presentAlerts } from './alert-views.ts';
import { alertView } from './alerts.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { alertIdIn, chosenProject, projectOfAlert } from './find-project.ts';
import { instantOrNull, seconds } from './format.ts';
import { readerLanguage } from './reader-language.ts';

/** Channels shown of a drill. */
const MOST_CHANNELS = 1_000;

const project = idSchema.optional().meta({ description: 'Needed by who sees several projects' });

const startDrill = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/drills',
  tag: 'drills',
  summary: 'Pages people for practice; over when somebody acknowledges it, or after 30 minutes',
  find: chosenProject,
  access: 'alert.write',
  query: z.strictObject({ project }),
  body: drillCreateSchema,
  success: { status: 201, description: 'The drill', schema: drillSchema },
  async handle(call) {
    const { context, identity, body } = call;
    const id = await context.writer.run('drills.start', {
      projectId: call.project.id,
      channels: body.channels ?? null,
      severity: body.severity ?? 'critical',
      actor: actorOf(identity),
    });
    return presentDrill(call, id);
  },
});

const getDrill = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/drills/:drill',
  tag: 'drills',
  summary: 'Shows how a drill goes: when each channel was reached, and when somebody acknowledged it',
  find: projectOfAlert('drill'),
  access: 'project.read',
  success: { status: 200, description: 'The drill', schema: drillSchema },
  handle: async (call) => presentDrill(call, alertIdIn(call.params['drill']) ?? 0),
});

async function presentDrill(call: ProjectCall<unknown, unknown>, id: number): Promise<Drill> {
  const { db } = call.context.store;
  const [row] = await alertsWhere(db, { projectId: call.project.id, id }, 1);
  if (row === undefined || row.drill !== 1) throw new AppError('not_found', 'no such drill');
  const [alert] = await presentAlerts([row], alertView(call));
  if (alert === undefined) throw new AppError('not_found', 'no such drill');
  const deliveries = await deliveriesOf(db, [id], 2 * MOST_CHANNELS);
  const { acked_at: acked, raised_at: start } = row;
  const language = readerLanguage(call);
  return {
    id: alert.id,
    project: alert.project,
    state: acked !== null ? 'acknowledged' : alert.state === 'firing' ? 'firing' : 'unanswered',
    severity: alert.severity,
    started_at: alert.raised_at,
    ends_at: alert.ends_at,
    held: alert.held,
    channels: deliveries
      .filter(({ kind }) => kind === 'firing')
      .map((one) => presentChannel(one, start, language)),
    acknowledged_at: instantOrNull(acked),
    acknowledged_by: alert.acknowledged?.by ?? null,
    seconds_to_acknowledge: acked === null ? null : seconds(Math.max(0, acked - start)),
  };
}

function presentChannel(
  delivery: AlertDelivery,
  start: number,
  language: Language,
): Drill['channels'][number] {
  const { channel, channelName, state, finishedAt, answer } = delivery;
  const sentAt = state === 'sent' ? finishedAt : null;
  return {
    id: channel,
    name: channelName ?? '',
    state,
    sent_at: instantOrNull(sentAt),
    seconds: sentAt === null ? null : seconds(Math.max(0, sentAt - start)),
    error: state === 'sent' ? '' : typeset(worded(answer, language), language),
  };
}

export const drillRoutes: RestRoute[] = [startDrill, getDrill];
