import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { migrate, openStore } from '../store/open.ts';
import { outageNotices } from './outage-notice.ts';

test('each instance admin is told once, in their language', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-outage-'));
  const store = openStore(`sqlite:${join(folder, 'vigie.db')}`);
  try {
    await migrate(store);
    const person = { name: '', password: null, time_zone: 'UTC', created_at: 0 };
    await store.db
      .insertInto('users')
      .values([
        { ...person, email: 'alice@example.org', admin: 1, language: 'fr' },
        { ...person, email: 'bob@example.org', admin: 0, language: 'en' },
      ])
      .execute();
    const outage = { from: Date.UTC(2026, 6, 15, 12), to: Date.UTC(2026, 6, 15, 14, 5), moved: 3 };
    const [notice, ...others] = await outageNotices(store.db, 'Vigie', 'n', outage);
    assert.equal(others.length, 0);
    assert.equal(notice?.to, 'alice@example.org');
    assert.equal(notice?.subject, 'Vigie ne surveillait pas');
    assert.match(
      notice?.text ?? '',
      /Du 2026-07-15 12:00:00 UTC au 2026-07-15 14:05:00 UTC .*3 checks devaient/,
    );
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
