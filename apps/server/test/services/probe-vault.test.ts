/** The Vault probe against a real OpenBao or Vault in its development mode. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { vault } from '../../src/probes/kinds/vault/probe.ts';
import { assertFailed, assertWell, probing, valuesOf } from '../../src/probes/testing/probing.ts';
import { installedVault, startVault } from '../support/peers/vault.ts';

const skip = installedVault() === null ? 'neither bao (OpenBao) nor vault is installed' : false;

test('unsealed, then sealed, then gone', { skip }, async () => {
  await using server = await startVault();
  const { url, token } = server;
  const result = await probing(vault, { url, token });
  assertWell(result);
  assert.equal(valuesOf(result)['vault_sealed'], 0);
  assert.equal(valuesOf(result)['vault_initialized'], 1);
  assertFailed(await probing(vault, { url, token: 'wrong' }), 'auth');
  const sealed = await fetch(`${url}/v1/sys/seal`, { method: 'PUT', headers: { 'x-vault-token': token } });
  assert.ok(sealed.ok, String(sealed.status));
  assertFailed(await probing(vault, { url, token }), 'unhealthy', /sealed: 0 of 1 keys/);
  await server.stop();
  assertFailed(await probing(vault, { url, token }), 'refused');
});
