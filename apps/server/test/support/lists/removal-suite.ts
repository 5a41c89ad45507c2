/** Checks that are removed, restored, purged. */
import assert from 'node:assert/strict';
import { RESTORABLE_CHECKS } from '../../../src/checks/removal.ts';
import { type Bench, HOUR, MINUTE, type Named, type On } from '../alerts/bench.ts';

const TABLES = [
  'checks',
  'check_states',
  'check_channels',
  'check_dependencies',
  'pings',
  'flips',
  'removed_checks',
] as const;

async function rows({ store }: Bench): Promise<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const table of TABLES) {
    counts[table] = (await store.db.selectFrom(table).selectAll().execute()).length;
  }
  return counts;
}

function ref(bench: Bench, { code }: Named) {
  return { projectId: bench.projectId, code };
}

export function removalSuite(on: On): void {
  on('a removed check leaves nothing once it can be restored no more', async (bench) => {
    const mail = await bench.channel('mail');
    const check = await bench.check({}, [mail]);
    await bench.ping(check, ['success', 'fail']);
    await bench.writer.run('checks.remove', ref(bench, check));
    const limits = { pings: null, flips: HOUR, deliveries: HOUR, alerts: HOUR, afterCheck: 0 };
    await bench.clock.advance(10 * MINUTE - 1);
    await bench.writer.run('maintenance.retention', limits);
    const { pings, removed_checks } = await rows(bench);
    assert.deepEqual([pings, removed_checks], [2, 1]);
    await bench.clock.advance(1);
    await bench.writer.run('maintenance.retention', limits);
    assert.deepEqual(new Set(Object.values(await rows(bench))), new Set([0]));
  });

  on('of very many removed checks of a project those that were removed first are purged', async (bench) => {
    const [first, last] = [await bench.check(), await bench.check()];
    await bench.writer.run('checks.remove', ref(bench, first));
    const { content } = await bench.store.db
      .selectFrom('removed_checks')
      .select('content')
      .executeTakeFirstOrThrow();
    const removed = (i: number) => ({
      check_id: 1_000_000 + i,
      project_id: bench.projectId,
      code: String(i),
      removed_at: bench.clock.now() + 1,
      content,
    });
    for (let start = 1; start < RESTORABLE_CHECKS; start += 1000) {
      const many = Array.from({ length: Math.min(1000, RESTORABLE_CHECKS - start) }, (_, i) =>
        removed(start + i),
      );
      await bench.store.db.insertInto('removed_checks').values(many).execute();
    }
    await bench.writer.run('checks.remove', ref(bench, last));
    const { removed_checks } = await rows(bench);
    assert.ok(removed_checks !== undefined && removed_checks < RESTORABLE_CHECKS);
    await assert.rejects(bench.writer.run('checks.restore', ref(bench, first)), /no such check was removed/);
    assert.equal((await bench.writer.run('checks.restore', ref(bench, last))).check_id, last.id);
  });

  on('a check that is restored is what it was, under its own id', async (bench) => {
    const mail = await bench.channel('mail');
    const [parent, check, child] = [
      await bench.check(),
      await bench.check({ name: 'job', policies: '{"severity":"critical"}' }, [mail]),
      await bench.check(),
    ];
    await bench.depends(check, parent);
    await bench.depends(child, check);
    await bench.ping(check, 'success');
    const before = await rows(bench);
    await bench.writer.run('checks.remove', ref(bench, check));
    await bench.check({ name: 'made meanwhile' });
    const restored = await bench.writer.run('checks.restore', ref(bench, check));
    assert.deepEqual(
      [restored.check_id, restored.name, restored.n_pings, restored.channels, restored.dependsOn.length],
      [check.id, 'job', 1, [mail.code], 1],
    );
    assert.deepEqual(await rows(bench), {
      ...before,
      checks: before['checks'] === undefined ? 0 : before['checks'] + 1,
      check_states: before['check_states'] === undefined ? 0 : before['check_states'] + 1,
    });
  });

  on('a check that was down is an alert again, and its recovery is told', async (bench) => {
    const mail = await bench.channel('mail');
    const check = await bench.check({}, [mail]);
    await bench.ping(check, 'fail');
    await bench.writer.run('checks.remove', ref(bench, check));
    assert.deepEqual(
      (await bench.alerts()).map(({ state }) => state),
      ['resolved'],
    );
    await bench.clock.advance(MINUTE);
    await bench.writer.run('checks.restore', ref(bench, check));
    assert.deepEqual(
      (await bench.alerts()).map(({ state }) => state),
      ['resolved', 'firing'],
    );
    await bench.ping(check, 'success');
    assert.deepEqual(await bench.told(), ['firing mail', 'firing mail', 'resolved mail']);
  });

  on('a restored check goes down when its grace time is over', async (bench) => {
    const check = await bench.check({ timeout: 3600, grace: 600 });
    await bench.ping(check, 'success');
    await bench.clock.advance(65 * MINUTE);
    await bench.writer.run('checks.remove', ref(bench, check));
    await bench.clock.advance(9 * MINUTE);
    await bench.writer.run('checks.expire', null);
    await bench.writer.run('checks.restore', ref(bench, check));
    await bench.pass(10 * MINUTE - 1);
    assert.equal((await bench.alerts()).length, 0);
    await bench.pass(1);
    assert.equal((await bench.alerts()).length, 1);
  });

  on('links that would close a circle by now are left out', async (bench) => {
    const [a, b, c] = [await bench.check(), await bench.check(), await bench.check()];
    await bench.depends(a, b);
    await bench.depends(c, a);
    await bench.writer.run('checks.remove', ref(bench, a));
    await bench.depends(b, c);
    await bench.writer.run('checks.restore', ref(bench, a));
    const links = await bench.store.db.selectFrom('check_dependencies').selectAll().execute();
    assert.deepEqual(
      links.map(({ check_id, depends_on_id }) => [check_id, depends_on_id]).sort(),
      [
        [a.id, b.id],
        [b.id, c.id],
      ].sort(),
    );
  });

  on('a channel that is gone does not come back with the check', async (bench) => {
    const [mail, chat] = [await bench.channel('mail'), await bench.channel('chat')];
    const check = await bench.check({}, [mail, chat]);
    await bench.writer.run('checks.remove', ref(bench, check));
    await bench.writer.run('channels.remove', ref(bench, mail));
    const { channels } = await bench.writer.run('checks.restore', ref(bench, check));
    assert.deepEqual(channels, [chat.code]);
  });
}
