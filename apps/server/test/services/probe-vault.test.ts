/**
 * The Vault probe against a real Vault, alone and with a standby. Secondaries and performance standbys are of its
 * Enterprise edition alone: the double answers for them.
 */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { z } from 'zod';
import { vault } from '../../src/probes/kinds/vault/probe.ts';
import type { ProbeResult } from '../../src/probes/run-once.ts';
import { makeAuthority } from '../../src/probes/testing/certificates.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { passedBy } from '../../src/probes/threshold.ts';
import { onceConnected } from '../support/established.ts';
import { halt } from '../support/halted.ts';
import {
  initVault,
  joinVault,
  noVault,
  startVault,
  unsealVault,
  type VaultServer,
} from '../support/peers/vault.ts';
import { until } from '../support/until.ts';

const missing = await noVault();
const options = { skip: missing ?? false };
if (missing !== null) console.error(`NOT TESTED against a real Vault: ${missing}`);

const look = ({ url }: VaultServer, more = {}, timeout = 5_000): Promise<ProbeResult> =>
  probing(vault, { url, ...more }, { timeout });

function levelsOf({ samples }: ProbeResult): string[] {
  return passedBy(vault.thresholds, samples).map(({ level }) => level);
}

test('not initialised, sealed, unsealed, hanging, killed in the middle, gone', options, async () => {
  await using server = await startVault();
  const empty = await look(server);
  assertFailed(empty, 'unhealthy', /Vault is not initialised/);
  assert.equal(valuesOf(empty)['vault_initialized'], 0);

  const { keys, token } = await initVault(server);
  assertFailed(await look(server), 'unhealthy', /sealed: 0 of 2 keys given \(there are 3\)/);
  await server.ask('PUT', 'sys/unseal', { key: keys[0] });
  const sealed = await look(server);
  assertFailed(sealed, 'unhealthy', /sealed: 1 of 2 keys given/);
  const { vault_sealed, vault_unseal_progress, vault_unseal_threshold } = valuesOf(sealed);
  assert.deepEqual([vault_sealed, vault_unseal_progress, vault_unseal_threshold], [1, 1, 2]);

  await unsealVault(server, keys.slice(1));
  const well = await look(server, { require_active: true });
  assertWell(well);
  assert.deepEqual(valuesOf(well), {
    vault_initialized: 1,
    vault_sealed: 0,
    vault_standby: 0,
    vault_performance_standby: 0,
    vault_active_node_known: 1,
  });
  assert.match(String(well.details['version']), /^1\.\d+\.\d+/);
  assert.match(String(well.details['cluster_name']), /^vault-cluster-/);
  await server.ask('PUT', 'sys/seal', undefined, token);
  assertFailed(await look(server), 'unhealthy', /sealed: 0 of 2/);

  await halt(server);
  const hung = await look(server, {}, 300);
  assertFailed(hung, 'timeout');
  assert.equal(hung.failure?.phase, 'processing');
  const cut = await onceConnected(server.port, () => look(server));
  server.signal('SIGKILL');
  assertFailed(await cut.run, 'protocol', /closed the connection without an answer/);
  await server.stop();
  assertFailed(await look(server), 'refused');
});

const made = z.object({ auth: z.object({ client_token: z.string() }) });

test(
  'tokens: one without end, those that end, none of its own, and one without the right',
  options,
  async () => {
    await using server = await startVault();
    const { keys, token: root } = await initVault(server);
    await unsealVault(server, keys);
    const make = async (wanted: object): Promise<string> =>
      made.parse(await server.ask('POST', 'auth/token/create', wanted, root)).auth.client_token;
    const lasts = async (ttl: string): Promise<ProbeResult> =>
      look(server, { token: await make({ ttl, policies: ['default'] }) });

    const endless = await look(server, { token: root });
    assertWell(endless);
    assert.equal(valuesOf(endless)['vault_token_ttl_seconds'], undefined);
    assert.equal(endless.details['token_ttl_seconds'], 0);
    for (const [ttl, seconds, levels] of [
      ['48h', 172_800, []],
      ['2h', 7_200, ['warning']],
      ['10m', 600, ['critical']],
    ] as const) {
      const result = await lasts(ttl);
      assertWell(result);
      const left = valuesOf(result)['vault_token_ttl_seconds'] ?? 0;
      assert.ok(left > seconds - 60 && left <= seconds, String(left));
      assert.deepEqual(levelsOf(result), levels);
    }
    const said = assertFailed(
      await look(server, { token: 'hvs.guess-me' }),
      'auth',
      /does not take the token/,
    );
    assert.ok(!said.includes('guess-me'), said);
    const revoked = await make({ ttl: '1h' });
    await server.ask('POST', 'auth/token/revoke', { token: revoked }, root);
    assertFailed(await look(server, { token: revoked }), 'auth');
    const weak = await make({ ttl: '1h', policies: ['none'], no_default_policy: true });
    assertFailed(await look(server, { token: weak }), 'forbidden', /auth\/token\/lookup-self/);
  },
);

/** What the probe sees once that is so. */
function untilSeen(server: VaultServer, what: string, isSo: (result: ProbeResult) => boolean) {
  return until(what, 60_000, async () => {
    const result = await look(server);
    return isSo(result) && result;
  });
}

test('a standby, with its active node, without it, and removed', options, async () => {
  await using active = await startVault();
  const { keys, token } = await initVault(active);
  await unsealVault(active, keys);
  await using removed = await startVault();
  await joinVault(removed, active, keys);
  assertWell(await look(removed));
  await active.ask('POST', 'sys/storage/raft/remove-peer', { server_id: removed.id }, token);
  const gone = await untilSeen(removed, 'it is removed', ({ failure }) => failure !== null);
  assertFailed(gone, 'unhealthy', /removed from its cluster/);

  await using standby = await startVault();
  await joinVault(standby, active, keys);
  const well = await look(standby, { token });
  assertWell(well);
  assert.equal(well.details['role'], 'standby');
  assert.equal(valuesOf(well)['vault_standby'], 1);
  assert.deepEqual(levelsOf(well), []);
  assertFailed(await look(standby, { require_active: true }), 'unhealthy', /must be the active one/);
  assertWell(await look(active, { require_active: true }));

  active.signal('SIGKILL');
  const isAlone = (result: ProbeResult): boolean => valuesOf(result)['vault_active_node_known'] === 0;
  const alone = await untilSeen(standby, 'it misses the active node', isAlone);
  assertWell(alone);
  assert.equal(alone.details['role'], 'standby without its active node');
  assert.deepEqual(levelsOf(alone), ['warning']);
  assertFailed(await look(standby, { token }), 'unhealthy', /active/);
});

test('TLS with a real certificate, or not at all', options, async () => {
  using authority = makeAuthority();
  await using server = await startVault(authority.issue('127.0.0.1'));
  const url = `https://127.0.0.1:${server.port}`;
  const { ca: tls_ca } = authority;
  assertFailed(await look(server, { url, tls_ca }), 'unhealthy', /not initialised/);
  assertFailed(await look(server, { url }), 'tls', /not trusted/);
  const name = `https://localhost:${server.port}`;
  assertFailed(await look(server, { url: name, tls_ca }), 'tls', /not for localhost/);
  assertFailed(await look(server), 'protocol', /400/);
});
