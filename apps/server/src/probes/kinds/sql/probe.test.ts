import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assertForeignPeers, pour } from '../../testing/database-peers.ts';
import { accepted, greeting } from '../../testing/mysql-wire.ts';
import { tcpPeer } from '../../testing/peers.ts';
import { assertFailed, probing } from '../../testing/probing.ts';
import { sql } from './probe.ts';

test('peers that are no database are failures that say so, and every connection is let go', async () => {
  for (const scheme of ['postgres', 'mysql']) {
    const settings = (port: number) => ({ url: `${scheme}://a:b@127.0.0.1:${port}/c`, query: 'select 1' });
    await assertForeignPeers(sql, settings, 'greeting');
    await assertForeignPeers(
      sql,
      (port) => ({ ...settings(port), tls: true }),
      scheme === 'mysql' ? 'greeting' : 'tls',
    );
  }
});

test('an answer without end is cut off', async () => {
  await using peer = await tcpPeer((socket) => {
    socket.write(greeting());
    socket.once('data', () => {
      socket.write(accepted(2));
      socket.once('data', () => {
        socket.write(Buffer.from([0xff, 0xff, 0xff, 1]));
        pour(socket, Buffer.alloc(65_536, 'x'));
      });
    });
  });
  const url = `mysql://a:b@127.0.0.1:${peer.port}/c`;
  assertFailed(await probing(sql, { url, query: 'select 1' }), 'protocol', /sent more than/);
  await peer.allClosed();
});

test('settings that make no sense are refused', () => {
  const well = { url: 'mysql://a@b/c', query: 'select 1' };
  assert.equal(sql.settings.safeParse(well).success, true);
  const wrong = [
    { url: 'redis://a' },
    { query: ' ' },
    { metric: '1a' },
    { metric: 'a-b' },
    { max_rows: 0 },
    { max_rows: 1e6 },
  ];
  for (const part of wrong) {
    assert.equal(sql.settings.safeParse({ ...well, ...part }).success, false, JSON.stringify(part));
  }
  assert.equal(sql.open(well).instance, 'b:3306');
  assert.equal(sql.open({ ...well, url: 'postgres://a@b/c' }).instance, 'b:5432');
});
