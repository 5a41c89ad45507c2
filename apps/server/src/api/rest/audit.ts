/** Who changed what. */
import { type AuditEntry, auditEntrySchema, auditListParameters, pageSchema } from '@vigie/contract';
import type { z } from 'zod';
import { auditEntries } from '../../accounts/audit.ts';
import { grantIn, isInstanceAdmin, requireGrant } from '../../accounts/identity.ts';
import { AppError } from '../../errors.ts';
import { auditNames } from './audit-names.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { type Call, defineRoute, type RestRoute } from './define.ts';
import { chosenProject } from './find-project.ts';
import { instant } from './format.ts';
import { pageFrom, pageSize } from './page.ts';

type AuditRow = Awaited<ReturnType<typeof auditEntries>>[number];

function presentEntry(row: AuditRow, names: ReadonlyMap<string, string>): AuditEntry {
  return {
    id: String(row.id),
    at: instant(row.at),
    project: row.project,
    actor: row.actor,
    action: row.action,
    target: row.target,
    detail: withInstants(JSON.parse(row.detail) as Record<string, unknown>),
    names: Object.fromEntries([...names].filter(([id]) => row.target === id || row.detail.includes(id))),
  };
}

/** The log keeps instants as the store does, in milliseconds; here they look as everywhere in the API. */
function withInstants(detail: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(detail).map(([name, value]) => [
      name,
      name.endsWith('_at') && typeof value === 'number' ? instant(value) : value,
    ]),
  );
}

const listAudit = defineRoute({
  method: 'GET',
  path: '/api/vigie/audit',
  tag: 'audit',
  summary: 'Lists who changed what, newest first',
  access: 'known',
  query: auditListParameters,
  success: { status: 200, description: 'Changes', schema: pageSchema(auditEntrySchema) },
  async handle(call) {
    const { context, query } = call;
    const before = query.cursor === undefined ? null : readCursor(query.cursor, 'audit', ['number'])[0];
    const { actor, action, from, to } = query;
    const filter = {
      projectId: await projectOf(call),
      before,
      actor,
      action,
      from: from === undefined ? undefined : Date.parse(from),
      until: to === undefined ? undefined : Date.parse(to),
      limit: pageSize(query) + 1,
    };
    const rows = await auditEntries(context.store.db, filter);
    const names = await auditNames(context.store.db, rows);
    const present = (row: AuditRow) => presentEntry(row, names);
    return pageFrom(rows, query, present, (row) => writeCursor('audit', row.id));
  },
});

/** The project whose log may be read; null = all of them. */
async function projectOf(
  call: Call<z.output<typeof auditListParameters>, undefined>,
): Promise<number | null> {
  const { query, identity, context } = call;
  if (query.project === undefined && isInstanceAdmin(identity)) return null;
  const project = await chosenProject.find({ ...call, query });
  if (project === null) throw new AppError('not_found', 'no such project');
  requireGrant(await grantIn(context.store.db, identity, project.id), 'audit.read');
  return project.id;
}

export const auditRoutes: RestRoute[] = [listAudit];
