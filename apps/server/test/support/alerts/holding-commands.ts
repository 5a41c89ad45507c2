/** Silences, windows and dependencies as commands, where the engines' SQL matters. */
import assert from 'node:assert/strict';
import { type Bench, HOUR, MINUTE, type On, T } from './bench.ts';

const EVERY_OUTAGE = [{ name: 'alertname', value: 'CheckDown', isRegex: false, isEqual: true }];

async function silence(bench: Bench, code: string | null = null): Promise<string> {
  const text = { author: 'Bob', comment: 'works' };
  const times = { startsAt: null, endsAt: T + HOUR };
  const own = { projectId: bench.projectId, code, matchers: EVERY_OUTAGE, ...times, ...text };
  return (await bench.writer.run('silences.set', own)).code;
}

/** A mail for each way: webhooks are told of no silence. */
async function mail(bench: Bench) {
  const settings = JSON.stringify({ address: 'ops@example.org' });
  const channel = { projectId: bench.projectId, kind: 'email', name: 'mail', settings, assignAll: false };
  const { id, code } = await bench.writer.run('channels.create', channel);
  return { id, code };
}

export function holdingCommandsSuite(on: On): void {
  on('a silence that is ended frees what it held, and that alone', async (bench) => {
    const check = await bench.check({}, [await mail(bench)]);
    const [one, other] = [await silence(bench), await silence(bench)];
    await bench.ping(check, 'fail');
    for (const [code, told] of [
      [one, []],
      [other, ['firing mail']],
    ] as const) {
      await bench.writer.run('silences.expire', { projectId: bench.projectId, code });
      await bench.pass(0);
      assert.deepEqual(await bench.told(), told);
    }
  });

  on('a silence that ends soon is told once, whoever looks', async (bench) => {
    const check = await bench.check({}, [await mail(bench)]);
    await silence(bench);
    await bench.ping(check, 'fail');
    await bench.pass(44 * MINUTE);
    await bench.writer.run('silences.review', null);
    assert.deepEqual(await bench.told(), []);
    await bench.pass(MINUTE);
    const looks = await Promise.all([1, 2].map(() => bench.writer.run('silences.review', null)));
    assert.deepEqual(
      looks.map(({ count }) => count),
      [1, 0],
    );
    assert.deepEqual(await bench.told(), ['notice mail']);
    await bench.pass(2 * HOUR);
    await bench.writer.run('silences.review', null);
    assert.deepEqual(await bench.told(), ['notice mail', 'firing mail']);
  });

  on('a window that is deleted frees what it held', async (bench) => {
    const check = await bench.check({}, [await mail(bench)]);
    const { code } = await bench.writer.run('windows.create', {
      projectId: bench.projectId,
      fields: {
        name: 'nights',
        tags: '[]',
        environments: '[]',
        schedule: '0 12 * * *',
        duration: 3600,
        time_zone: 'UTC',
        starts_at: null,
        ends_at: null,
        author: 'Bob',
        comment: '',
        disabled: 0,
      },
    });
    await bench.ping(check, 'fail');
    assert.deepEqual(await bench.told(), []);
    await bench.writer.run('windows.remove', { projectId: bench.projectId, code });
    await bench.pass(0);
    assert.deepEqual(await bench.told(), ['firing mail']);
  });

  on('a chain of dependencies holds to its end, and no circle can be closed', async (bench) => {
    const channel = await mail(bench);
    const [disk, database, shop] = [
      await bench.check({ name: 'disk' }, [channel]),
      await bench.check({ name: 'database' }, [channel]),
      await bench.check({ name: 'shop' }, [channel]),
    ];
    const depend = (code: string, on: string) =>
      bench.writer.run('checks.update', {
        projectId: bench.projectId,
        code,
        fields: {},
        channels: null,
        dependsOn: [on],
      });
    await depend(database.code, disk.code);
    await depend(shop.code, database.code);
    await assert.rejects(depend(disk.code, shop.code), /would close a circle/);
    await bench.ping(disk, 'fail');
    await bench.ping(shop, 'fail');
    await bench.pass(HOUR / 2);
    assert.deepEqual(await bench.told(), ['firing mail']);
    await bench.ping(disk, 'success');
    await bench.pass(HOUR / 2);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail', 'firing mail']);
  });
}
