/** Where the badges of a project are. */
import { type Badge, badgeSchema, pageParameters, pageSchema } from '@vigie/contract';
import { z } from 'zod';
import { badgeAddresses, WHOLE_PROJECT } from '../healthchecks/badges/addresses.ts';
import { badgeTags } from '../healthchecks/badges/badge-tags.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type RestRoute } from './define.ts';
import { namedProject } from './find-project.ts';
import { pageFrom, pageSize } from './page.ts';

const listBadges = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/projects/:project/badges',
  tag: 'projects',
  summary: 'Lists the addresses of the badges of a project: of all its checks, then by tag',
  find: namedProject,
  access: 'project.read',
  query: z.strictObject(pageParameters),
  success: { status: 200, description: 'Addresses', schema: pageSchema(badgeSchema) },
  async handle({ context, project, query }) {
    const { baseUrl } = context.config();
    const options = { baseUrl, secretKey: context.secretKey, badgeKey: project.badge_key };
    const tags = await badgeTags(context.store.db, project.id);
    const start = query.cursor === undefined ? 0 : placeAfter(tags, query.cursor);
    const page = tags.slice(start, start + pageSize(query) + 1);
    const present = (tag: string): Badge => presentBadge(tag, badgeAddresses(options, tag));
    return pageFrom(page, query, present, (tag) => writeCursor('badges', tag));
  },
});

/** Where the list goes on, whether or not the tag is still there: all but the first are in order. */
function placeAfter([, ...tags]: string[], cursor: string): number {
  const [last] = readCursor(cursor, 'badges', ['string']);
  if (last === WHOLE_PROJECT) return 1;
  const place = tags.findIndex((tag) => tag > last);
  return place === -1 ? tags.length + 1 : place + 1;
}

function presentBadge(tag: string, at: ReturnType<typeof badgeAddresses>): Badge {
  return {
    tag,
    url_svg: at.svg,
    url_json: at.json,
    url_shields: at.shields,
    with_late: { url_svg: at.svg3, url_json: at.json3, url_shields: at.shields3 },
  };
}

export const badgeRoutes: RestRoute[] = [listBadges];
