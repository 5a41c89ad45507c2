/** Who gets in without credentials: a short list, and nothing else. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { healthchecksRoutes } from '../src/api/healthchecks/routes.ts';
import { operationsRoutes } from '../src/api/operations/routes.ts';
import { SelfMetrics } from '../src/api/operations/self-metrics.ts';
import { pageRoutes } from '../src/api/pages/plugin.ts';
import { pushgatewayRoutes } from '../src/api/pushgateway/routes.ts';
import { restApi } from '../src/api/rest/routes.ts';
import type { Route } from '../src/api/route.ts';
import { webRoutes } from '../src/api/web/routes.ts';
import type { Context } from '../src/context.ts';
import { testServer } from './support/server.ts';

/** Open by design: badges, status, callbacks, health, and the ways in. */
const OPEN = [
  /^\/(badge|b)\//,
  /^\/api\/v[123]\/status\/?$/,
  /^\/api\/v[123]\/(notifications|bounces)\//,
  /^\/api\/monitoring\/health$/,
  /^\/(livez|readyz|healthz|(pushgateway\/)?-\/(healthy|ready))$/,
  // The web UI: its one page at all its addresses, and its files. What it shows comes from the API.
  /^\/(|signin|register|forgotten|reset|setup|invitation|checks|alerts|silences|targets|graph|account|accounts\/login\/)$/,
  /^\/[a-z-]+\.svg$/,
  // The signed token is the credential.
  /^\/(ack|unsubscribe)\//,
  /^\/api\/vigie\/(entry|setup|session|invitation|password-reset)(\/|$)/,
  // Answers that nothing is there.
  /^(?!.*\/metrics\/job).*\*$/,
];

/** Statuses that give nothing away. */
const REFUSED = new Set([301, 303, 400, 401, 403, 404, 405]);

function everyRoute(context: Context): Route[] {
  const options = {
    metrics: new SelfMetrics({ queuedWrites: () => 0, nextDeadline: () => 0 }),
    troubles: () => [],
    reload: async () => [],
  };
  return [
    ...operationsRoutes(context, options),
    ...healthchecksRoutes(context),
    ...restApi(context).routes,
    ...pushgatewayRoutes(context),
    ...pageRoutes(context),
    ...webRoutes(context),
  ];
}

function concrete(url: string): string {
  return url
    .replace(/:[A-Za-z]+(\([^)]*\)+)?/g, '0cab08fe-03f4-48c2-a927-90493fa0b2f2')
    .replace('*', 'anything')
    .replaceAll('(.:format)', '');
}

test('every route is either on the list of open ones or refuses who brings no credentials', async () => {
  await using server = await testServer();
  const routes = everyRoute(server.app.context);
  assert.ok(routes.length > 80, `${routes.length} routes`);
  for (const { url, method } of routes) {
    if (OPEN.some((pattern) => pattern.test(url))) continue;
    for (const verb of [method].flat()) {
      if (verb === 'OPTIONS' || verb === 'TRACE') continue;
      const answer = await fetch(server.url + concrete(url), { method: verb, redirect: 'manual' });
      const body = await answer.text();
      assert.ok(REFUSED.has(answer.status), `${verb} ${url} answered ${answer.status} ${body.slice(0, 80)}`);
    }
  }
});
