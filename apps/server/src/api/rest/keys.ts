/** The API keys of a project. */
import { keyCreatedSchema, keyCreateSchema, keySchema, pageParameters, pageSchema } from '@vigie/contract';
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import { generateKey, storedKey } from '../../accounts/keys.ts';
import { keysOf } from '../../accounts/manage-keys.ts';
import { presentKey } from './account-views.ts';
import { defineProjectRoute, type RestRoute } from './define.ts';
import { knownUuid, namedProject } from './find-project.ts';
import { pageOf } from './page.ts';

const PROJECT = '/api/vigie/projects/:project';

const listKeys = defineProjectRoute({
  method: 'GET',
  path: `${PROJECT}/keys`,
  tag: 'keys',
  summary: 'Lists the API keys of a project by their hints',
  find: namedProject,
  access: 'key.manage',
  query: z.strictObject(pageParameters),
  success: { status: 200, description: 'Keys', schema: pageSchema(keySchema) },
  async handle({ context, project, query }) {
    const page = pageOf(await keysOf(context.store.db, project.id), query, 'keys', (key) => key.id);
    return { ...page, items: page.items.map(presentKey) };
  },
});

const createKey = defineProjectRoute({
  method: 'POST',
  path: `${PROJECT}/keys`,
  tag: 'keys',
  summary: 'Makes an API key, shown this once',
  find: namedProject,
  access: 'key.manage',
  body: keyCreateSchema,
  success: { status: 201, description: 'The key', schema: keyCreatedSchema },
  async handle({ context, identity, project, body }) {
    const key = generateKey(body.scope);
    const row = await context.writer.run('keys.create', {
      projectId: project.id,
      scope: body.scope,
      name: body.name,
      key: storedKey(context.secretKey, key),
      actor: actorOf(identity),
    });
    return { ...presentKey(row), key };
  },
});

const revokeKey = defineProjectRoute({
  method: 'DELETE',
  path: `${PROJECT}/keys/:key`,
  tag: 'keys',
  summary: 'Ends an API key at once',
  find: namedProject,
  access: 'key.manage',
  success: { status: 204, description: 'It has ended' },
  async handle({ context, identity, project, params }) {
    const input = { projectId: project.id, code: knownUuid(params['key'], 'key'), actor: actorOf(identity) };
    await context.writer.run('keys.revoke', input);
  },
});

export const keyRoutes: RestRoute[] = [listKeys, createKey, revokeKey];
