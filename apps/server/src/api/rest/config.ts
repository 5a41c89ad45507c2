/** Configuration as code: what a document would change, making it true, and what there is as a document. */
import {
  CONFIG_BOUNDS,
  configExportSchema,
  configInputSchema,
  configPlanSchema,
  idSchema,
} from '@vigie/contract';
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import { configure, type Handed, planDocument } from '../../declared/configure.ts';
import { exportProject } from '../../declared/export.ts';
import { probedTenants } from '../../declared/probed-tenants.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject } from './find-project.ts';
import { mayLookLocally } from './local-probes.ts';

const query = z.strictObject({
  project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
});

/** Whose a document is that names nobody. */
const USUAL_OWNER = 'apply';

async function handed({
  context,
  project,
  identity,
  body,
}: ProjectCall<unknown, z.output<typeof configInputSchema>>): Promise<Handed> {
  const { document, owner = USUAL_OWNER } = body;
  const mayBeLocal = await mayLookLocally(context.store.db, project, identity);
  return { project, owner, document, mayBeLocal, actor: actorOf(identity) };
}

const plan: RestRoute = {
  ...defineProjectRoute({
    method: 'POST',
    path: '/api/vigie/config/plan',
    tag: 'config',
    summary: 'Tells what applying a document would change, and everything that is wrong with it',
    find: chosenProject,
    access: 'config.write',
    query,
    body: configInputSchema,
    success: { status: 200, description: 'What would change', schema: configPlanSchema },
    handle: async (call) =>
      planDocument(call.context, await handed(call), probedTenants(call.context.probes.engine)),
  }),
  bodyLimit: CONFIG_BOUNDS.body,
};

const apply: RestRoute = {
  ...defineProjectRoute({
    method: 'POST',
    path: '/api/vigie/config/apply',
    tag: 'config',
    summary: 'Makes true what a document declares, whole or not at all; applying it again changes nothing',
    find: chosenProject,
    access: 'config.write',
    query,
    body: configInputSchema,
    success: { status: 200, description: 'What was changed', schema: configPlanSchema },
    handle: async (call) =>
      configure(call.context, await handed(call), probedTenants(call.context.probes.engine)),
  }),
  bodyLimit: CONFIG_BOUNDS.body,
};

const exportConfig = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/config/export',
  tag: 'config',
  summary: 'Shows all services, checks and channels as a document, with variables in place of secrets',
  find: chosenProject,
  access: 'config.write',
  query,
  success: { status: 200, description: 'The document', schema: configExportSchema },
  handle: async ({ context, project }) => exportProject(context.store.db, project),
});

export const configRoutes: RestRoute[] = [plan, apply, exportConfig];
