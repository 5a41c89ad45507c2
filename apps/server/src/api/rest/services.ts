/** Services: checks that the server itself reports for. */
import {
  probeKindSchema,
  probeRunSchema,
  probeTrialSchema,
  type Service,
  type ServiceCreate,
  serviceCreateSchema,
  serviceHistorySchema,
  serviceListParameters,
  servicePageSchema,
  servicePatchSchema,
  serviceSchema,
} from '@vigie/contract';
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import { DEFAULT_FIELDS } from '../../checks/create.ts';
import type { PresentedCheck } from '../../checks/manage.ts';
import { checksWhere } from '../../checks/queries.ts';
import { tagsOf } from '../../checks/search.ts';
import { AppError } from '../../errors.ts';
import { allProbeKinds } from '../../probes/probe-kinds.ts';
import { type StoredService, servicesOf } from '../../probes/read-services.ts';
import { periodOf, withTier } from '../../probes/tiers.ts';
import { channelIds, checkFields } from './check-input.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, defineRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject, projectOfCheck } from './find-project.ts';
import { instant, seconds } from './format.ts';
import { permittedKind } from './local-probes.ts';
import { ownCheck } from './own-check.ts';
import { pageFrom, pageSize } from './page.ts';
import { readerLanguage } from './reader-language.ts';
import { newProbe, patchedProbe, trialSettings } from './service-input.ts';
import { briefService, presentRun, presentService } from './service-views.ts';

const SERVICE = '/api/vigie/services/:check';
const oneService = { status: 200, description: 'The service', schema: serviceSchema } as const;
const project = serviceListParameters.pick({ project: true });

type ServiceCall = ProjectCall<unknown, unknown>;

const listServices = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/services',
  tag: 'services',
  summary: 'Lists services with what their last run found',
  find: chosenProject,
  access: 'project.read',
  query: serviceListParameters,
  success: { status: 200, description: 'Services', schema: servicePageSchema },
  async handle(call) {
    const { context, query, project: owner } = call;
    const after =
      query.cursor === undefined ? {} : { after: readCursor(query.cursor, 'services', ['number'])[0] };
    const stored = await servicesOf(context.store.db, {
      projectId: owner.id,
      ...after,
      ...(query.id === undefined ? {} : { names: query.id }),
      limit: pageSize(query) + 1,
    });
    const checks = await checksById(call, stored);
    const shown = query.brief === 'true' ? briefService : (service: Service) => service;
    return pageFrom(
      stored.filter(({ probe }) => checks.has(probe.check_id)),
      query,
      (service) => shown(present(call, service, checks.get(service.probe.check_id))),
      ({ probe }) => writeCursor('services', probe.check_id),
    );
  },
});

async function checksById({ context, project: owner }: ServiceCall, stored: readonly StoredService[]) {
  const ids = stored.map(({ probe }) => probe.check_id);
  const checks =
    ids.length === 0
      ? []
      : await checksWhere(context.store.db, { projectId: owner.id, ids, limit: ids.length });
  return new Map(checks.map((check) => [check.check_id, check]));
}

function present(call: ServiceCall, service: StoredService, check: PresentedCheck | undefined): Service {
  if (check === undefined) throw new AppError('not_found', 'no such service');
  const { project: owner, grant, context } = call;
  const language = readerLanguage(call);
  const view = { project: owner, grant, language, config: context.config(), now: context.clock.now() };
  return presentService(service, check, view);
}

/** The service that the path names, by its check. @throws AppError `not_found`. */
async function ownService(call: ServiceCall): Promise<{ check: PresentedCheck; service: StoredService }> {
  const check = await ownCheck(call);
  return { check, service: await serviceOf(call, check) };
}

async function serviceOf(
  { context, project: owner }: ServiceCall,
  check: PresentedCheck,
): Promise<StoredService> {
  const filter = { projectId: owner.id, checkIds: [check.check_id], limit: 1 };
  const [service] = await servicesOf(context.store.db, filter);
  if (service === undefined) throw new AppError('not_found', 'no such service: this check is not probed');
  return service;
}

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

const createService = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/services',
  tag: 'services',
  summary: 'Makes a service: a check that the server itself reports for',
  find: chosenProject,
  access: 'check.write',
  query: project,
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

const getService = defineProjectRoute({
  method: 'GET',
  path: SERVICE,
  tag: 'services',
  summary: 'Shows a service',
  find: projectOfCheck,
  access: 'project.read',
  success: oneService,
  async handle(call) {
    const { check, service } = await ownService(call);
    return present(call, service, check);
  },
});

const updateService = defineProjectRoute({
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

const runService = defineProjectRoute({
  method: 'POST',
  path: `${SERVICE}/run`,
  tag: 'services',
  summary: 'Probes a service now, and reports what it finds',
  find: projectOfCheck,
  access: 'check.write',
  success: { status: 200, description: 'What the run found', schema: probeRunSchema },
  async handle(call) {
    const { context } = call;
    const { check, service } = await ownService(call);
    const parents = check.dependsOn.map(({ code }) => code);
    return presentRun(await context.probes.engine.look(service.probe, parents));
  },
});

const history = defineProjectRoute({
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

const tryProbe = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/probes/run',
  tag: 'services',
  summary: 'Runs a probe once, without making a service',
  find: chosenProject,
  access: 'check.write',
  query: project,
  body: probeTrialSchema,
  success: { status: 200, description: 'What the run found', schema: probeRunSchema },
  async handle(call) {
    const { context, body, identity, project: owner } = call;
    const { db } = context.store;
    const kind = await permittedKind(db, body.kind, owner, identity);
    return presentRun(await context.probes.engine.once(await trialSettings(db, owner, body, kind)));
  },
});

const listKinds = defineRoute({
  method: 'GET',
  path: '/api/vigie/probe-kinds',
  tag: 'services',
  summary: 'Lists the kinds of probe, with the form of their settings',
  access: 'known',
  success: { status: 200, description: 'Kinds', schema: z.object({ items: z.array(probeKindSchema) }) },
  handle: async () => ({
    items: allProbeKinds().map(({ kind, title, interval, timeout, thresholds, settings }) => ({
      kind,
      name: title,
      interval,
      timeout,
      thresholds: [...thresholds],
      settings_schema: z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }),
    })),
  }),
});

export const serviceRoutes: RestRoute[] = [
  listServices,
  createService,
  getService,
  updateService,
  runService,
  history,
  tryProbe,
  listKinds,
];
