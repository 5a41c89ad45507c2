/** Runs of probes that somebody asks for, and those of before. */
import {
  probeRunSchema,
  probeTrialSchema,
  serviceHistorySchema,
  serviceListParameters,
} from '@vigie/contract';
import { defineProjectRoute } from './define.ts';
import { chosenProject, projectOfCheck } from './find-project.ts';
import { instant, seconds } from './format.ts';
import { permittedKind } from './local-probes.ts';
import { ownService, SERVICE } from './own-service.ts';
import { trialSettings } from './service-input.ts';
import { presentRun } from './service-views.ts';

export const runService = defineProjectRoute({
  method: 'POST',
  path: `${SERVICE}/run`,
  tag: 'services',
  summary: 'Probes a service now, and reports what it finds',
  find: projectOfCheck,
  access: 'check.write',
  success: { status: 200, description: 'What the run found', schema: probeRunSchema },
  async handle(call) {
    const { context, project, identity } = call;
    const { check, service } = await ownService(call);
    context.askedRuns.take(project, identity);
    const parents = check.dependsOn.map(({ code }) => code);
    return presentRun(await context.probes.engine.look(service.probe, parents));
  },
});

export const tryProbe = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/probes/run',
  tag: 'services',
  summary: 'Runs a probe once, without making a service',
  find: chosenProject,
  access: 'check.write',
  query: serviceListParameters.pick({ project: true }),
  body: probeTrialSchema,
  success: { status: 200, description: 'What the run found', schema: probeRunSchema },
  async handle(call) {
    const { context, body, identity, project: owner } = call;
    const { db } = context.store;
    const kind = await permittedKind(db, body.kind, owner, identity);
    const request = await trialSettings(db, owner, body, kind);
    context.askedRuns.take(owner, identity);
    return presentRun(await context.probes.engine.once(request));
  },
});

export const serviceHistory = defineProjectRoute({
  method: 'GET',
  path: `${SERVICE}/history`,
  tag: 'services',
  summary: 'The durations of the last runs that this node made, oldest first',
  find: projectOfCheck,
  access: 'project.read',
  success: { status: 200, description: 'Runs', schema: serviceHistorySchema },
  async handle(call) {
    const { check } = await ownService(call);
    const points = call.context.probes.latest.pointsOf(check.check_id);
    return {
      items: points.map(({ at, duration, isWell }) => ({
        at: instant(at),
        duration: seconds(duration),
        ok: isWell,
      })),
    };
  },
});
