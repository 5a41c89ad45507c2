import assert from 'node:assert/strict';
import { test } from 'node:test';
import { notifyStore } from './testing/notify-store.ts';

const SETTINGS = '{"url":"https://x.test/secret"}';

test('a new channel is used by no check unless all are asked to', async () => {
  await using t = await notifyStore();
  await t.checks(2);
  const input = { projectId: t.projectId, kind: 'slack', name: 'a', settings: SETTINGS };
  await t.writer.run('channels.create', { ...input, assignAll: false });
  const all = await t.writer.run('channels.create', { ...input, assignAll: true });
  const links = await t.store.db.selectFrom('check_channels').selectAll().execute();
  assert.deepEqual(
    links.map(({ channel_id }) => channel_id),
    [all.id, all.id],
  );
});

test('a channel that is mended works again', async () => {
  await using t = await notifyStore();
  const { code } = await t.channel('slack', { url: 'https://x.test/' });
  const ref = { projectId: t.projectId, code };
  const broken = { disabled: 1, last_error: 'HTTP 404' } as const;
  const state = async (): Promise<string> => {
    const row = await t.store.db.selectFrom('channels').selectAll().executeTakeFirstOrThrow();
    return `${row.name} ${row.disabled} ${row.last_error}`;
  };
  for (const change of [{ settings: SETTINGS }, { disabled: false }]) {
    await t.store.db.updateTable('channels').set(broken).execute();
    await t.writer.run('channels.update', { ...ref, ...change });
    assert.equal(await state(), 'slack 0 ');
  }
  await t.store.db.updateTable('channels').set(broken).execute();
  await t.writer.run('channels.update', { ...ref, name: 'new' });
  assert.equal(await state(), 'new 1 HTTP 404');
  await t.writer.run('channels.update', { ...ref, settings: SETTINGS, disabled: true });
  assert.equal(await state(), 'new 1 HTTP 404');
});

test('what waits for a channel that is deleted is not sent', async () => {
  await using t = await notifyStore();
  const { code } = await t.channel('slack', { url: 'https://x.test/' });
  const [check = ''] = await t.checks(1);
  await t.ping(check, 'fail');
  await t.writer.run('channels.remove', { projectId: t.projectId, code });
  const [delivery] = await t.deliveries();
  assert.deepEqual([delivery?.state, delivery?.error], ['skipped', 'the channel was deleted']);
  assert.deepEqual(await t.store.db.selectFrom('check_channels').selectAll().execute(), []);
});

test('a test message has a lane of its own', async () => {
  await using t = await notifyStore();
  const { code } = await t.channel('slack', { url: 'https://x.test/' });
  const key = await t.writer.run('notify.test', { projectId: t.projectId, code });
  const [delivery] = await t.deliveries();
  assert.deepEqual(
    [delivery?.key, delivery?.lane, delivery?.kind, delivery?.check_id],
    [key, key, 'test', null],
  );
  assert.deepEqual(t.effects.at(-1), { type: 'work', kind: 'delivery', at: t.clock.now() });
});

test('a channel of another project, or of none, is not found', async () => {
  await using t = await notifyStore();
  const { code } = await t.channel('slack', { url: 'https://x.test/' });
  const strangers = [
    { projectId: t.projectId + 1, code },
    { projectId: t.projectId, code: 'nothing' },
  ];
  for (const ref of strangers) {
    for (const run of [
      () => t.writer.run('channels.update', { ...ref, name: 'x' }),
      () => t.writer.run('channels.remove', ref),
      () => t.writer.run('notify.test', ref),
    ]) {
      await assert.rejects(run, { code: 'not_found' });
    }
  }
  assert.equal((await t.store.db.selectFrom('channels').selectAll().execute()).length, 1);
});

test('secrets of a channel stay out of the audit log', async () => {
  await using t = await notifyStore();
  const { code } = await t.channel('slack', { url: 'https://x.test/first-secret' });
  await t.writer.run('channels.update', { projectId: t.projectId, code, settings: SETTINGS });
  await t.writer.run('channels.remove', { projectId: t.projectId, code });
  const log = await t.store.db.selectFrom('audit_log').selectAll().execute();
  assert.equal(log.length, 3);
  assert.doesNotMatch(JSON.stringify(log), /secret/);
});

test('lanes of a node that is gone are due at once', async () => {
  await using t = await notifyStore();
  await t.channel('slack', { url: 'https://x.test/' });
  for (const code of await t.checks(2)) await t.ping(code, 'fail');
  const claim = (owner: string) =>
    t.writer.run('work.claim', { kind: 'delivery', owner, lease: 60_000, limit: 1 });
  await claim('dead');
  await claim('me');
  assert.equal(await t.writer.run('notify.adopt', 'me'), 1);
  const owners = (await t.lanes()).map(({ owner, due_at }) => [owner, due_at - t.clock.now()]);
  assert.deepEqual(
    owners.toSorted(),
    [
      ['me', 60_000],
      [null, 0],
    ].toSorted(),
  );
});
