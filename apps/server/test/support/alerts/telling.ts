/** Checks that go down and come up again: what is posted, and who is told. */
import assert from 'node:assert/strict';
import { type Bench, HOUR, MINUTE, type Named, type On, T } from './bench.ts';

export function tellingSuite(on: On): void {
  on('a failure is an alert with all that is known of it', async (bench) => {
    const mail = await bench.channel('mail');
    const fields = { name: 'Backup', slug: 'backup', tags: 'tier1 team=db', environment: 'production' };
    const check = await bench.check(fields, [mail]);
    const body = new TextEncoder().encode(`\u0007disk full!\r\n${'é'.repeat(300)}`);
    await bench.ping(check, 'fail', { body });
    const [alert] = await bench.alerts();
    const labels = JSON.parse(alert?.labels ?? '') as Record<string, string>;
    const { check_key: key, ...others } = labels;
    assert.match(key ?? '', /^[0-9a-f]{40}$/);
    assert.deepEqual(others, {
      alertname: 'CheckDown',
      check: 'Backup',
      slug: 'backup',
      project: 'Shop',
      environment: 'production',
      severity: 'critical',
      tier: '1',
      tags: 'tier1 team=db',
      team: 'db',
    });
    const annotations = JSON.parse(alert?.annotations ?? '') as Record<string, string>;
    const { body: excerpt, ...rest } = annotations;
    // 500 bytes, whole characters of them.
    assert.equal(excerpt, `disk full!\n${'é'.repeat(243)}`);
    assert.deepEqual(rest, {
      reason: 'fail',
      summary: 'the job reported a failure',
      last_ping: new Date(T).toISOString(),
    });
    const flip = await bench.store.db.selectFrom('flips').selectAll().executeTakeFirstOrThrow();
    assert.deepEqual(
      [alert?.check_id, alert?.flip_id, alert?.severity, alert?.state, alert?.starts_at, alert?.notified_at],
      [check.id, flip.id, 'critical', 'firing', T, T],
    );
    assert.match(alert?.fingerprint ?? '', /^[0-9a-f]{16}$/);
    assert.deepEqual(await bench.told(), ['firing mail']);
  });

  on('a report that is missing began when it was due, and says so in other words', async (bench) => {
    const check = await bench.check({}, [await bench.channel('mail')]);
    await bench.ping(check, 'success');
    await bench.pass(2 * HOUR);
    const [alert] = await bench.alerts();
    const annotations = JSON.parse(alert?.annotations ?? '') as Record<string, string>;
    assert.deepEqual(annotations, {
      reason: 'timeout',
      summary: 'no success was reported in time, grace time included',
      last_ping: new Date(T).toISOString(),
    });
    assert.deepEqual([alert?.starts_at, alert?.raised_at], [T + 70 * MINUTE, T + 2 * HOUR]);
  });

  on('up ends it, and whoever was told is told', async (bench) => {
    const check = await bench.check({}, [await bench.channel('mail'), await bench.channel('chat')]);
    await bench.ping(check, 'fail');
    await bench.clock.advance(MINUTE);
    await bench.ping(check, 'success');
    const [alert, ...others] = await bench.alerts();
    assert.deepEqual([alert?.state, alert?.resolved_at, others.length], ['resolved', T + MINUTE, 0]);
    assert.deepEqual((await bench.told()).sort(), [
      'firing chat',
      'firing mail',
      'resolved chat',
      'resolved mail',
    ]);
    assert.deepEqual(
      (await bench.events()).map(({ kind, detail }) => `${kind} ${String(detail['way'])}`),
      ['raised direct', 'resolved as firing'],
    );
  });

  on('a check that reports for the first time tells nobody', async (bench) => {
    await bench.ping(await bench.check({}, [await bench.channel('mail')]), 'success');
    assert.deepEqual([await bench.alerts(), await bench.told()], [[], []]);
  });

  const GROUPS: [string, ('fail' | 'success')[], string[]][] = [
    ['down and up', ['fail', 'success'], ['firing', 'resolved']],
    ['down, up and down', ['fail', 'success', 'fail'], ['firing', 'resolved', 'firing']],
    ['down twice', ['fail', 'fail'], ['firing']],
  ];
  for (const [name, actions, expected] of GROUPS) {
    on(`${name} in one transaction is told as in many, in order`, async (bench) => {
      const check = await bench.check({}, [await bench.channel('mail')]);
      await bench.ping(check, actions);
      assert.deepEqual(
        await bench.told(),
        expected.map((kind) => `${kind} mail`),
      );
      assert.equal((await bench.alerts()).at(-1)?.state, actions.at(-1) === 'fail' ? 'firing' : 'resolved');
    });
  }

  on('up and down in one transaction ends the old outage before the new one begins', async (bench) => {
    const check = await bench.check({}, [await bench.channel('mail')]);
    await bench.ping(check, 'fail');
    await bench.ping(check, ['success', 'fail']);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail', 'firing mail']);
    const states = (await bench.alerts()).map(({ state }) => state);
    assert.deepEqual(states, ['resolved', 'firing']);
  });

  on('a tag that every object knows is a severity like any unknown one', async (bench) => {
    await bench.ping(await bench.check({ tags: 'severity=constructor' }), 'fail');
    assert.deepEqual(
      (await bench.alerts()).map(({ severity }) => severity),
      ['error'],
    );
  });

  const AFTER: [string, (bench: Bench, told: Named, check: Named) => Promise<unknown>, string[]][] = [
    [
      'the check got other channels',
      async (bench, _, check) =>
        bench.writer.run('checks.update', {
          projectId: bench.projectId,
          code: check.code,
          fields: {},
          channels: [(await bench.channel('new')).id],
        }),
      ['firing mail', 'resolved mail'],
    ],
    [
      'the channel was switched off',
      (bench, told) =>
        bench.writer.run('channels.update', { projectId: bench.projectId, code: told.code, disabled: true }),
      ['firing mail'],
    ],
    [
      'the channel was deleted',
      (bench, told) => bench.writer.run('channels.remove', { projectId: bench.projectId, code: told.code }),
      ['firing deleted'],
    ],
    [
      'the project tells everybody by now',
      async (bench) => {
        await bench.channel('new');
        await setRoute(bench, 'both');
      },
      ['firing mail', 'resolved mail'],
    ],
    [
      'the message is past its time',
      async (bench) => {
        await bench.store.db.updateTable('deliveries').set({ state: 'sent', finished_at: T }).execute();
        await bench.clock.advance(100 * HOUR);
        const limits = { pings: HOUR, flips: HOUR, deliveries: HOUR, alerts: HOUR, afterCheck: 0 };
        await bench.writer.run('maintenance.retention', limits);
      },
      ['firing mail', 'resolved mail'],
    ],
  ];
  for (const [name, change, expected] of AFTER) {
    on(`whoever got the firing gets the resolution, though ${name}`, async (bench) => {
      const mail = await bench.channel('mail');
      const check = await bench.check({}, [mail]);
      await bench.ping(check, 'fail');
      await change(bench, mail, check);
      await bench.ping(check, 'success');
      assert.deepEqual(await bench.told(), expected);
      assert.deepEqual(
        (await bench.alerts()).map(({ state }) => state),
        ['resolved'],
      );
    });
  }

  const ROUTES: [string, boolean, string[], string][] = [
    ['default', true, ['mail'], 'direct'],
    ['default', false, ['chat', 'mail'], 'default'],
    ['both', true, ['chat', 'mail'], 'both'],
    ['both', false, ['chat', 'mail'], 'both'],
    ['none', true, ['mail'], 'direct'],
    ['none', false, [], 'none'],
  ];
  for (const [route, hasOwn, expected, way] of ROUTES) {
    on(
      `the route ${route} of a check ${hasOwn ? 'with' : 'without'} channels tells ${way}`,
      async (bench) => {
        const mail = await bench.channel('mail');
        await bench.channel('chat');
        await setRoute(bench, route);
        const check = await bench.check({}, hasOwn ? [mail] : []);
        await bench.ping(check, 'fail');
        const told = (await bench.told()).map((line) => line.replace('firing ', '')).sort();
        assert.deepEqual(told, expected);
        assert.equal((await bench.events())[0]?.detail['way'], way);
      },
    );
  }

  const QUIET = ['checks.pause', 'checks.clear', 'checks.remove'] as const;
  for (const command of QUIET) {
    on(`${command} ends alerts without a word, and says so in the ledger`, async (bench) => {
      const check = await bench.check({}, [await bench.channel('mail')]);
      await bench.ping(check, 'fail');
      await bench.writer.run(command, { projectId: bench.projectId, code: check.code });
      assert.deepEqual(await bench.told(), ['firing mail']);
      const [alert] = await bench.alerts();
      assert.deepEqual([alert?.state, alert?.resolved_at], ['resolved', T]);
      const last = (await bench.events()).at(-1);
      assert.equal(last?.kind, 'resolved');
      assert.match(String(last?.detail['untold']), /paused|cleared|deleted/);
    });
  }
}

async function setRoute(bench: Bench, route: string): Promise<void> {
  await bench.store.db.updateTable('projects').set({ alert_route: route }).execute();
}
