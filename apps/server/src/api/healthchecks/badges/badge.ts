import type { FastifyReply } from 'fastify';
import { projectByBadgeKey } from '../../../accounts/badge-key.ts';
import { checkByBadgeKey, statusPages } from '../../../checks/status-pages.ts';
import type { Context } from '../../../context.ts';
import { AppError } from '../../../errors.ts';
import type { Handler } from '../endpoint.ts';
import { tagsOf } from '../tags.ts';
import { WHOLE_PROJECT } from './addresses.ts';
import { readSignature, signatureOf } from './signature.ts';
import { badgeSvg } from './svg.ts';
import { badgeStatus, count, type Tally } from './tally.ts';

export type BadgeContext = Pick<Context, 'config' | 'clock' | 'store' | 'secretKey'>;

const FORMATS = ['svg', 'json', 'shields'] as const;
type Format = (typeof FORMATS)[number];

const NEVER_CACHE = 'max-age=0, no-cache, no-store, must-revalidate, private';
const SHIELDS_COLOURS = { up: 'success', late: 'important', down: 'critical' } as const;

/** `/badge/<badge_key>/<signature>.<format>` and `/badge/<badge_key>/<signature>/<tag>.<format>` */
export function projectBadge(context: BadgeContext): Handler {
  return async ({ reply, params }) => {
    const { badgeKey = '', file = '' } = params;
    const { name, format } = readFile(file);
    const tag = params['signature'] === undefined ? WHOLE_PROJECT : decode(name);
    const { signature, threeStates } = readSignature(params['signature'] ?? name);
    const signed = tag !== null && signature === signatureOf(context.secretKey, badgeKey, tag);
    if (!signed || format === null) return reply.code(404).send();
    const tally = await projectTally(context, badgeKey, tag, format !== 'json');
    const label = tag === WHOLE_PROJECT ? context.config().siteName : tag;
    return sendBadge(reply, format, { label, tally, threeStates });
  };
}

/** `/b/<states>/<badge_key of a check>.<format>` */
export function checkBadge(context: BadgeContext): Handler {
  return async ({ reply, params }) => {
    const { name, format } = readFile(params['file'] ?? '');
    if (format === null) return reply.code(404).send();
    const check = await checkByBadgeKey(context.store.db, name);
    if (check === undefined) throw new AppError('not_found', 'no such badge');
    const tally = { total: 0, grace: 0, down: 0 };
    count(tally, check, context.clock.now());
    const label = check.name === '' ? check.code : check.name;
    return sendBadge(reply, format, { label, tally, threeStates: Number(params['states']) === 3 });
  };
}

/** Counts page by page. `verdict`: the counts do not matter, so the first check that is down decides. */
async function projectTally(
  context: BadgeContext,
  badgeKey: string,
  tag: string,
  verdict: boolean,
): Promise<Tally> {
  const tally = { total: 0, grace: 0, down: 0 };
  const { db } = context.store;
  const projectId = await projectByBadgeKey(db, badgeKey);
  if (projectId === null) return tally;
  const now = context.clock.now();
  for await (const page of statusPages(db, projectId)) {
    for (const check of page) {
      if (tag === WHOLE_PROJECT || tagsOf(check).includes(tag)) count(tally, check, now);
    }
    if (verdict && tally.down > 0) break;
  }
  return tally;
}

/** A file's name without and its suffix as a format; null = we draw no such. */
function readFile(file: string): { name: string; format: Format | null } {
  const dot = file.lastIndexOf('.');
  const suffix = file.slice(dot + 1);
  return { name: file.slice(0, dot), format: FORMATS.find((format) => format === suffix) ?? null };
}

/** The inner layer of a tag's encoding. */
function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

function sendBadge(
  reply: FastifyReply,
  format: Format,
  badge: { label: string; tally: Tally; threeStates: boolean },
): FastifyReply {
  const { label, tally, threeStates } = badge;
  const status = badgeStatus(tally, threeStates);
  reply.header('Cache-Control', NEVER_CACHE).header('Expires', '0');
  if (format === 'json') return reply.send({ status, ...tally });
  if (format === 'shields') {
    return reply.send({ schemaVersion: 1, label, message: status, color: SHIELDS_COLOURS[status] });
  }
  return reply.header('Content-Type', 'image/svg+xml').send(badgeSvg(label, status));
}
