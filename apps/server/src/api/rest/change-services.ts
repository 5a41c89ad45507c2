/** Making services and changing them. */
import {
  type ServiceCreate,
  serviceCreateSchema,
  serviceListParameters,
  servicePatchSchema,
} from '@vigie/contract';
import { actorOf } from '../../accounts/identity.ts';
import { DEFAULT_FIELDS } from '../../checks/create.ts';
import { tagsOf } from '../../checks/search.ts';
import { periodOf, withTier } from '../../probes/tiers.ts';
import { channelIds, checkFields } from './check-input.ts';
import { defineProjectRoute } from './define.ts';
import { chosenProject, projectOfCheck } from './find-project.ts';
import { permittedKind } from './local-probes.ts';
import { oneService, ownService, present, SERVICE, serviceOf } from './own-service.ts';
import { newProbe, patchedProbe } from './service-input.ts';

/** What of a body belongs to its check. */
function checkPart<T extends Partial<ServiceCreate>>(body: T, tags: readonly string[]) {
  const {
    tier,
    kind: _k,
    settings: _s,
    interval: _i,
    timeout: _t,
    failures: _f,
    thresholds: _h,
    ...rest
  } = body;
  const given = rest.tags ?? tags;
  return tier === undefined ? rest : { ...rest, tags: withTier(given, tier) };
}

export const createService = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/services',
  tag: 'services',
  summary: 'Makes a service: a check that the server itself reports for',
  find: chosenProject,
  access: 'check.write',
  query: serviceListParameters.pick({ project: true }),
  body: serviceCreateSchema,
  success: { ...oneService, status: 201 },
  async handle(call) {
    const { context, project: owner, identity, body } = call;
    const kind = await permittedKind(context.store.db, body.kind, owner, identity);
    const { probe, pace } = newProbe(body, kind);
    const { id, ...given } = checkPart(body, []);
    const before = { ...DEFAULT_FIELDS, time_zone: context.config().timeZone };
    const { check, created } = await context.writer.run('services.create', {
      projectId: owner.id,
      code: id ?? null,
      fields: {
        ...checkFields(given, owner, before),
        kind: 'simple',
        timeout: periodOf(pace.interval),
        grace: pace.grace,
      },
      channels: await channelIds(context.store.db, owner, given.channels),
      ...(given.depends_on === undefined ? {} : { dependsOn: given.depends_on }),
      match: null,
      probe,
      actor: actorOf(identity),
    });
    if (!created) call.reply.code(200);
    return present(call, await serviceOf(call, check), check);
  },
});

export const updateService = defineProjectRoute({
  method: 'PATCH',
  path: SERVICE,
  tag: 'services',
  summary: 'Changes a service; settings that are left out stay, null takes one away',
  find: projectOfCheck,
  access: 'check.write',
  body: servicePatchSchema,
  success: oneService,
  async handle(call) {
    const { context, project: owner, identity, body } = call;
    const { check: before, service } = await ownService(call);
    const { probe, pace } = patchedProbe(body, service.probe, before);
    const { revision, ...given } = { revision: undefined, ...checkPart(body, tagsOf(before)) };
    const check = await context.writer.run('services.update', {
      projectId: owner.id,
      code: before.code,
      fields: {
        ...checkFields(given, owner, before),
        kind: 'simple',
        timeout: periodOf(pace.interval),
        grace: pace.grace,
      },
      channels: await channelIds(context.store.db, owner, given.channels),
      ...(given.depends_on === undefined ? {} : { dependsOn: given.depends_on }),
      ...(revision === undefined ? {} : { revision }),
      probe,
      actor: actorOf(identity),
    });
    return present(call, await serviceOf(call, check), check);
  },
});
