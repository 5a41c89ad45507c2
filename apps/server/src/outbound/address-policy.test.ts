import assert from 'node:assert/strict';
import { test } from 'node:test';
import { addressPolicy } from './address-policy.ts';

const open = addressPolicy({ allowPrivate: true, allow: [] });
const closed = addressPolicy({ allowPrivate: false, allow: ['10.1.0.0/16', 'db.internal', 'fd12::5'] });

test('addresses are refused by what they are, however they are written', () => {
  // address, allowed by default, allowed with private targets off
  const cases: [string, boolean, boolean][] = [
    ['93.184.216.34', true, true],
    ['2606:2800:220:1::1', true, true],
    ['127.0.0.1', true, false],
    ['0.0.0.0', true, false],
    ['::1', true, false],
    ['::', true, false],
    ['::ffff:127.0.0.1', true, false],
    ['10.0.0.1', true, false],
    ['10.1.2.3', true, true],
    ['::ffff:10.1.2.3', true, true],
    ['172.16.0.1', true, false],
    ['172.32.0.1', true, true],
    ['192.168.1.1', true, false],
    ['100.64.0.1', true, false],
    ['fd12::5', true, true],
    ['fd12::6', true, false],
    ['169.254.169.254', false, false],
    ['169.254.0.1', false, false],
    ['::ffff:169.254.169.254', false, false],
    ['::ffff:a9fe:a9fe', false, false],
    ['64:ff9b::a9fe:a9fe', false, false],
    ['2002:a9fe:a9fe::1', false, false],
    ['64:ff9b::a00:1', true, false],
    ['fe80::1', false, false],
    ['fd00:ec2::254', false, false],
    ['fd20:ce::254', false, false],
    ['100.100.100.200', false, false],
    ['192.0.0.192', false, false],
    ['168.63.129.16', false, false],
  ];
  for (const [address, byDefault, withPrivateOff] of cases) {
    assert.equal(open.refusal('host.example', address) === null, byDefault, `${address} by default`);
    assert.equal(closed.refusal('host.example', address) === null, withPrivateOff, `${address}, private off`);
  }
});

test('a host that is listed may be private, and still not link-local', () => {
  assert.equal(closed.refusal('DB.internal', '192.168.1.1'), null);
  assert.match(closed.refusal('db.internal', '169.254.169.254') ?? '', /never called/);
});

test('not even a listed range opens the metadata services', () => {
  const greedy = addressPolicy({ allowPrivate: true, allow: ['0.0.0.0/0', '169.254.169.254'] });
  assert.match(greedy.refusal('x', '169.254.169.254') ?? '', /never called/);
});
