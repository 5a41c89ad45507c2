import type { Context } from '../../context.ts';
import type { Route } from '../route.ts';
import { checkBadge, projectBadge } from './badges/badge.ts';
import { listBadges } from './badges/list-badges.ts';
import { bounces } from './callbacks/bounces.ts';
import { notificationStatus } from './callbacks/notification-status.ts';
import { listChannels } from './channels.ts';
import { deleteCheck, getCheck, getCheckByUniqueKey, pauseCheck, resumeCheck, updateCheck } from './check.ts';
import type { Version } from './check-fields.ts';
import { createCheck } from './create-check.ts';
import { type Endpoint, type Methods, routeOf } from './endpoint.ts';
import { projectMetrics, projectMetricsByBearer } from './exposition.ts';
import { sendNotFound } from './failure.ts';
import { listFlips, listFlipsByUniqueKey } from './flips.ts';
import { listChecks } from './list-checks.ts';
import { getPingBody, listPings } from './ping-log.ts';
import { serverMetrics, serverStatus } from './server-status.ts';
import { withSlash } from './trailing-slash.ts';
import { UNIQUE_KEY, UUID } from './uuid.ts';

const VERSIONS = [1, 2, 3] as const satisfies Version[];

/** Healthchecks' management API in its three versions, badges, exposition and callbacks. */
export function healthchecksRoutes(context: Context): Route[] {
  return [
    ...VERSIONS.flatMap((version) => versionRoutes(context, version)),
    // Clients that join `checks/` to `.../api/v1` without its trailing slash come here.
    ...checkEndpoints(context).flatMap((endpoint) => withSlash(endpoint, 1, '/api')),
    ...strayAddresses('/api/checks/*'),
    ...badgeRoutes(context),
    ...expositionEndpoints(context).flatMap((endpoint) => withSlash(endpoint, 1)),
  ];
}

/** Badges alone: for the listener that faces the outside. */
export function badgeRoutes(context: Context): Route[] {
  return [
    ...badgeEndpoints(context).map((endpoint) => routeOf(endpoint, 1)),
    ...strayAddresses('/badge/*', '/b/*'),
  ];
}

function versionRoutes(context: Context, version: Version): Route[] {
  const prefix = `/api/v${version}`;
  return [
    ...[...checkEndpoints(context), ...projectEndpoints(context), ...serverEndpoints(context)].flatMap(
      (endpoint) => withSlash(endpoint, version, prefix),
    ),
    ...strayAddresses(`${prefix}/checks/*`),
  ];
}

function checkEndpoints(context: Context): Endpoint[] {
  const byUuid: Methods = {
    GET: getCheck(context),
    POST: updateCheck(context),
    DELETE: deleteCheck(context),
  };
  const byUniqueKey: Methods = { GET: getCheckByUniqueKey(context) };
  const flips: Methods = { GET: listFlips(context) };
  const flipsByUniqueKey: Methods = { GET: listFlipsByUniqueKey(context) };
  return [
    { ...api('/checks/'), methods: () => ({ GET: listChecks(context), POST: createCheck(context) }) },
    { ...api('/checks/:id'), methods: ({ id }) => byIdentifier(id, byUuid, byUniqueKey) },
    { ...api('/checks/:id/pause'), methods: ({ id }) => byIdentifier(id, { POST: pauseCheck(context) }) },
    { ...api('/checks/:id/resume'), methods: ({ id }) => byIdentifier(id, { POST: resumeCheck(context) }) },
    { ...api('/checks/:id/pings/'), methods: ({ id }) => byIdentifier(id, { GET: listPings(context) }) },
    {
      ...api('/checks/:id/pings/:n/body'),
      methods: ({ id, n = '' }) =>
        /^[0-9]+$/.test(n) ? byIdentifier(id, { GET: getPingBody(context) }) : null,
    },
    { ...api('/checks/:id/flips/'), methods: ({ id }) => byIdentifier(id, flips, flipsByUniqueKey) },
  ];
}

function projectEndpoints(context: Context): Endpoint[] {
  return [
    { ...api('/channels/'), methods: () => ({ GET: listChannels(context) }) },
    { ...api('/badges/'), methods: () => ({ GET: listBadges(context) }) },
  ];
}

/** What is not about one project, and not for pages of other sites. */
function serverEndpoints(context: Context): Endpoint[] {
  const own = { crossOrigin: false } as const;
  return [
    { ...own, path: '/status/', access: 'open', methods: () => ({ GET: serverStatus(context) }) },
    { ...own, path: '/metrics/', access: 'metrics-key', methods: () => ({ GET: serverMetrics(context) }) },
    {
      ...own,
      path: '/notifications/:id/status',
      access: 'open',
      methods: ({ id }) => byIdentifier(id, { POST: notificationStatus(context) }),
    },
    { ...own, path: '/bounces/', access: 'open', methods: () => ({ POST: bounces(context) }) },
  ];
}

function badgeEndpoints(context: Context): Endpoint[] {
  const badge = { access: 'open', crossOrigin: true, formGuard: true } as const;
  const ofProject: Methods = { GET: projectBadge(context) };
  const ofCheck: Methods = { GET: checkBadge(context) };
  return [
    {
      ...badge,
      path: '/badge/:badgeKey/:file',
      methods: ({ badgeKey, file }) => (isKey(badgeKey) && isFile(file) ? ofProject : null),
    },
    {
      ...badge,
      path: '/badge/:badgeKey/:signature/:file',
      methods: ({ badgeKey, signature, file }) =>
        isKey(badgeKey) && isKey(signature) && isFile(file) ? ofProject : null,
    },
    {
      ...badge,
      path: '/b/:states/:file',
      methods: ({ states = '', file = '' }) =>
        /^[0-9]+$/.test(states) && UUID.test(file.split('.', 1)[0] ?? '') && isFile(file) ? ofCheck : null,
    },
  ];
}

/** Keys and signatures in the addresses of badges. */
function isKey(text = ''): boolean {
  return /^[-\w]+$/.test(text);
}

/** A name and a format. Letters of every script: an address may come with its tag encoded once only. */
function isFile(text = ''): boolean {
  return /^[\p{L}\p{N}_%~.-]+\.[-\w]+$/u.test(text);
}

function expositionEndpoints(context: Context): Endpoint[] {
  const metrics = { access: 'key', crossOrigin: false } as const;
  const byKey: Methods = { GET: projectMetrics(context) };
  const byBearer: Methods = { GET: projectMetricsByBearer(context) };
  return [
    { ...metrics, path: '/projects/:id/metrics/', methods: ({ id }) => byIdentifier(id, byBearer) },
    { ...metrics, path: '/projects/:id/metrics/:key', methods: ({ id }) => byIdentifier(id, byKey) },
    { ...metrics, path: '/projects/:id/checks/metrics/:key', methods: ({ id }) => byIdentifier(id, byKey) },
  ];
}

function api(path: string): Pick<Endpoint, 'path' | 'access' | 'crossOrigin'> {
  return { path, access: 'key', crossOrigin: true };
}

/** What an address can do by the form of its identifier; null = it has neither form. */
function byIdentifier(id = '', byUuid: Methods, byUniqueKey: Methods | null = null): Methods | null {
  if (UUID.test(id)) return byUuid;
  return UNIQUE_KEY.test(id) ? byUniqueKey : null;
}

/** Addresses below ours that mean nothing. */
function strayAddresses(...urls: string[]): Route[] {
  return urls.map((url) => ({
    method: ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'],
    url,
    access: 'open',
    handler: async (_request, reply) => sendNotFound(reply),
  }));
}
