import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { keyAllows, PERMISSIONS, type Permission, roleAllows } from './roles.ts';

/** o owner, m manager, w member, r readonly; W write key, R read key. */
const table: Record<Permission, string> = {
  'project.read': 'omwrWR',
  'ping.read': 'omwrW',
  'check.write': 'omwW',
  'monitoring.admin': 'omW',
  'config.write': 'omW',
  'channel.write': 'omwW',
  'alert.write': 'omwW',
  'channel.test': 'omwrW',
  'key.manage': 'omw',
  'project.write': 'omw',
  'member.read': 'omwr',
  'member.manage': 'om',
  'audit.read': 'om',
  'project.delete': 'o',
};

describe('permissions', () => {
  for (const permission of Object.keys(PERMISSIONS) as Permission[]) {
    it(`${permission}: ${table[permission]}`, () => {
      const holders = [
        roleAllows('owner', permission) && 'o',
        roleAllows('manager', permission) && 'm',
        roleAllows('member', permission) && 'w',
        roleAllows('readonly', permission) && 'r',
        keyAllows('write', permission) && 'W',
        keyAllows('read', permission) && 'R',
      ];
      assert.equal(holders.filter(Boolean).join(''), table[permission]);
    });
  }
});
