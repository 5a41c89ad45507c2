/** Services: checks that the server itself reports for. */
import { probeKindSchema, type Service, serviceListParameters, servicePageSchema } from '@vigie/contract';
import { z } from 'zod';
import { checksWhere } from '../../checks/queries.ts';
import { allProbeKinds } from '../../probes/probe-kinds.ts';
import { type StoredService, servicesOf } from '../../probes/read-services.ts';
import { createService, updateService } from './change-services.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, defineRoute, type RestRoute } from './define.ts';
import { chosenProject, projectOfCheck } from './find-project.ts';
import { oneService, ownService, present, SERVICE, type ServiceCall } from './own-service.ts';
import { pageFrom, pageSize } from './page.ts';
import { runService, serviceHistory, tryProbe } from './service-runs.ts';
import { briefService } from './service-views.ts';

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
  serviceHistory,
  tryProbe,
  listKinds,
];
