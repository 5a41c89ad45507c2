/** Projects. */
import {
  pageParameters,
  pageSchema,
  pingKeySchema,
  projectCreateSchema,
  projectPatchSchema,
  projectSchema,
} from '@vigie/contract';
import { z } from 'zod';
import { actorOf, grantIn, projectsSeen } from '../../accounts/identity.ts';
import { generatePingKey } from '../../accounts/keys.ts';
import { DEFAULT_ENVIRONMENTS } from '../../accounts/projects.ts';
import { presentProject } from './account-views.ts';
import { actingPerson } from './caller.ts';
import { defineProjectRoute, defineRoute, type RestRoute } from './define.ts';
import { namedProject } from './find-project.ts';
import { pageOf } from './page.ts';

const PROJECT = '/api/vigie/projects/:project';

const listProjects = defineRoute({
  method: 'GET',
  path: '/api/vigie/projects',
  tag: 'projects',
  summary: 'Lists the projects that the caller sees, oldest first',
  access: 'known',
  query: z.strictObject(pageParameters),
  success: { status: 200, description: 'Projects', schema: pageSchema(projectSchema) },
  async handle({ context, identity, query }) {
    const seen = await projectsSeen(context.store.db, identity);
    const page = pageOf(seen, query, 'projects', ({ project }) => project.id);
    return { ...page, items: page.items.map(({ project, grant }) => presentProject(project, grant)) };
  },
});

const createProject = defineRoute({
  method: 'POST',
  path: '/api/vigie/projects',
  tag: 'projects',
  summary: 'Makes a project, owned by the caller',
  access: 'known',
  body: projectCreateSchema,
  success: { status: 201, description: 'The project', schema: projectSchema },
  async handle(call) {
    const { by, actor } = actingPerson(call);
    const { store, writer } = call.context;
    const project = await writer.run('projects.create', {
      name: call.body.name,
      environments: call.body.environments ?? DEFAULT_ENVIRONMENTS,
      pingKey: generatePingKey(),
      ownerId: by,
      actor,
    });
    return presentProject(project, await grantIn(store.db, call.identity, project.id));
  },
});

const getProject = defineProjectRoute({
  method: 'GET',
  path: PROJECT,
  tag: 'projects',
  summary: 'Shows a project',
  find: namedProject,
  access: 'project.read',
  success: { status: 200, description: 'The project', schema: projectSchema },
  handle: async ({ project, grant }) => presentProject(project, grant),
});

const updateProject = defineProjectRoute({
  method: 'PATCH',
  path: PROJECT,
  tag: 'projects',
  summary: 'Changes a project',
  find: namedProject,
  access: 'project.write',
  body: projectPatchSchema,
  success: { status: 200, description: 'The project', schema: projectSchema },
  async handle({ context, identity, project, grant, body }) {
    const { name, environments, show_slugs, alert_route } = body;
    const fields = {
      ...(name === undefined ? {} : { name }),
      ...(environments === undefined ? {} : { environments }),
      ...(show_slugs === undefined ? {} : { show_slugs }),
      ...(alert_route === undefined ? {} : { alert_route }),
    };
    const input = { projectId: project.id, fields, actor: actorOf(identity) };
    return presentProject(await context.writer.run('projects.update', input), grant);
  },
});

const removeProject = defineProjectRoute({
  method: 'DELETE',
  path: PROJECT,
  tag: 'projects',
  summary: 'Deletes a project with everything it has',
  find: namedProject,
  access: 'project.delete',
  success: { status: 204, description: 'It is gone' },
  async handle({ context, identity, project }) {
    const input = { projectId: project.id, pingKey: generatePingKey(), actor: actorOf(identity) };
    // Step by step, so that pings of other projects are written in between.
    while (!(await context.writer.run('projects.remove', input)));
  },
});

const rotatePingKey = defineProjectRoute({
  method: 'POST',
  path: `${PROJECT}/ping-key`,
  tag: 'projects',
  summary: 'Gives a project another ping key; the old one stops at once',
  find: namedProject,
  access: 'key.manage',
  success: { status: 200, description: 'The new key', schema: pingKeySchema },
  async handle({ context, identity, project }) {
    const input = { projectId: project.id, pingKey: generatePingKey(), actor: actorOf(identity) };
    return { ping_key: (await context.writer.run('projects.pingKey', input)).ping_key };
  },
});

export const projectRoutes: RestRoute[] = [
  listProjects,
  createProject,
  getProject,
  updateProject,
  removeProject,
  rotatePingKey,
];
