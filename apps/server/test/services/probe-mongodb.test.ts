/** The MongoDB probe against MongoDB itself; a FerretDB stands in where it is not installed (probe-mongodb-ferretdb.test.ts). */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mongodb } from '../../src/probes/kinds/mongodb/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { noMongo, startMongo } from '../support/peers/mongodb.ts';

const absent = noMongo();
if (absent !== null) console.error(`NOT TESTED against a real MongoDB: ${absent}`);

test('a real MongoDB: well, refused, missing a right, stopped', { skip: absent ?? false }, async () => {
  await using server = await startMongo();
  const at = (user: string, password: string): unknown => ({
    url: `mongodb://${user}:${password}@127.0.0.1:${server.port}/`,
  });
  const well = await probing(mongodb, at('watcher', 'right'));
  assertWell(well);
  assert.ok((valuesOf(well)['mongodb_connections{state="current"}'] ?? 0) > 0);
  assert.ok(well.details['version']);
  const said = assertFailed(await probing(mongodb, at('watcher', 'wr0ng')), 'auth', /Authentication failed/);
  assert.ok(!said.includes('wr0ng'), said);
  assertFailed(await probing(mongodb, at('stranger', 'right')), 'forbidden', /clusterMonitor/);
  await server.stop();
  assertFailed(await probing(mongodb, at('watcher', 'right')), 'refused');
});
