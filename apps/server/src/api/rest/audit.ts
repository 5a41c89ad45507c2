/** Who changed what. */
import { type AuditEntry, auditEntrySchema, idSchema, pageParameters, pageSchema } from '@vigie/contract';
import { z } from 'zod';
import { auditEntries } from '../../accounts/audit.ts';
import { grantIn, isInstanceAdmin, requireGrant } from '../../accounts/identity.ts';
import { AppError } from '../../errors.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type Call, defineRoute, type RestRoute } from './define.ts';
import { chosenProject } from './find-project.ts';
import { instant } from './format.ts';
import { pageFrom, pageSize } from './page.ts';

const parameters = z.strictObject({
  ...pageParameters,
  project: idSchema.optional().meta({ description: 'Left out: everything, for the instance admin' }),
});

type AuditRow = Awaited<ReturnType<typeof auditEntries>>[number];

function presentEntry(row: AuditRow): AuditEntry {
  return {
    id: String(row.id),
    at: instant(row.at),
    project: row.project,
    actor: row.actor,
    action: row.action,
    target: row.target,
    detail: JSON.parse(row.detail) as Record<string, unknown>,
  };
}

const listAudit = defineRoute({
  method: 'GET',
  path: '/api/vigie/audit',
  tag: 'audit',
  summary: 'Lists who changed what, newest first',
  access: 'known',
  query: parameters,
  success: { status: 200, description: 'Changes', schema: pageSchema(auditEntrySchema) },
  async handle(call) {
    const { context, query } = call;
    const before = query.cursor === undefined ? null : readCursor(query.cursor, 'audit', ['number'])[0];
    const projectId = await projectOf(call);
    const limit = pageSize(query) + 1;
    const rows = await auditEntries(context.store.db, { projectId, before, limit });
    return pageFrom(rows, query, presentEntry, (row) => writeCursor('audit', row.id));
  },
});

/** The project whose log may be read; null = all of them. */
async function projectOf(call: Call<z.output<typeof parameters>, undefined>): Promise<number | null> {
  const { query, identity, context } = call;
  if (query.project === undefined && isInstanceAdmin(identity)) return null;
  const project = await chosenProject.find({ ...call, query });
  if (project === null) throw new AppError('not_found', 'no such project');
  requireGrant(await grantIn(context.store.db, identity, project.id), 'audit.read');
  return project.id;
}

export const auditRoutes: RestRoute[] = [listAudit];
