/** Messages that come to nothing: who is told then, and what the alert says. */
import assert from 'node:assert/strict';
import { storyOf } from '../../../src/explain/story.ts';
import { CHANNEL_OFF } from '../../../src/notify/undelivered.ts';
import { type Bench, HOUR, MINUTE, type On, T } from './bench.ts';

/** What became of a message to a channel; `off` = the channel is switched off with it. */
type End = 'sent' | 'failed' | 'off' | 'declined' | 'disabled' | 'again';

const RESULTS = {
  sent: { state: 'sent', answer: 'ok', error: '', disable: false },
  failed: { state: 'failed', answer: '', error: 'given up', disable: false },
  off: { state: 'failed', answer: '', error: 'HTTP 404', disable: true },
  declined: { state: 'skipped', answer: '', error: 'no address for this', disable: false },
  disabled: { state: 'skipped', answer: '', error: CHANNEL_OFF, disable: false },
  again: { state: 'queued', answer: '', error: 'HTTP 503', disable: false },
} as const;

/** Tries the messages that are due, one of each lane, then looks at what follows for their alerts. */
async function deliver(bench: Bench, ends: Record<string, End>): Promise<void> {
  const claim = { kind: 'delivery', owner: 'node', lease: MINUTE, limit: 100 };
  const { claims } = await bench.writer.run('work.claim', claim);
  for (const { key: lane, fence } of claims) {
    const { id, channel_id, name } = await bench.store.db
      .selectFrom('deliveries')
      .innerJoin('channels', 'channels.id', 'deliveries.channel_id')
      .select(['deliveries.id', 'deliveries.channel_id', 'channels.name'])
      .where('lane', '=', lane)
      .where('state', '=', 'queued')
      .orderBy('deliveries.id')
      .executeTakeFirstOrThrow();
    const end = ends[name] ?? 'sent';
    const result = { deliveryId: id, channelId: channel_id, at: T, duration: 1, ...RESULTS[end] };
    const again = end === 'again' ? bench.clock.now() + HOUR : null;
    await bench.writer.run('notify.settle', { lane, owner: claim.owner, fence, result, again });
  }
  await bench.look();
}

async function alertTold(bench: Bench): Promise<boolean> {
  return (await bench.alerts())[0]?.notified_at !== null;
}

/** What explain says after who was told at first. */
async function lastSentence(bench: Bench): Promise<string | undefined> {
  const alerts = (await bench.alerts()).map(({ id, name }) => ({
    id,
    name,
    source: 'check',
    drill: 0,
    labels: {},
    annotations: {},
  }));
  const { entries } = await storyOf(bench.store.db, alerts, 100);
  return entries.filter(({ kind }) => kind === 'routed').at(-1)?.text;
}

const FELL_BACK =
  "It reached nobody so far. The message goes to chat: the project's channels that it had not gone to.";

export function undeliveredSuite(on: On): void {
  const CASES: [name: string, end: End, told: string[], isTold: boolean, sentence: RegExp][] = [
    ['was given up', 'failed', ['firing mail', 'firing chat'], true, new RegExp(`^${FELL_BACK}$`)],
    ['switched its channel off', 'off', ['firing mail', 'firing chat'], true, new RegExp(`^${FELL_BACK}`)],
    ['found its channel off', 'disabled', ['firing mail', 'firing chat'], true, new RegExp(`^${FELL_BACK}`)],
    [
      'its channel does not want',
      'declined',
      ['firing mail'],
      false,
      /^Nobody was told: its channels want no such messages\.$/,
    ],
    [
      'is tried again',
      'again',
      ['firing mail'],
      true,
      /^The message goes to mail: the check's own channels\.$/,
    ],
    ['arrived', 'sent', ['firing mail'], true, /^The message goes to mail: the check's own channels\.$/],
  ];
  for (const [name, end, told, isTold, sentence] of CASES) {
    on(`an alert whose only message ${name}: ${told.join(', ')}`, async (bench) => {
      const check = await bench.check({}, [await bench.channel('mail')]);
      await bench.channel('chat');
      await bench.ping(check, 'fail');
      await deliver(bench, { mail: end, chat: 'again' });
      assert.deepEqual(await bench.told(), told);
      assert.equal(await alertTold(bench), isTold);
      assert.match((await lastSentence(bench)) ?? '', sentence);
    });
  }

  on('nobody was told where the other ways fail too, once and for all', async (bench) => {
    const check = await bench.check({}, [await bench.channel('mail')]);
    await bench.channel('chat');
    await bench.ping(check, 'fail');
    await deliver(bench, { mail: 'failed' });
    await deliver(bench, { chat: 'off' });
    assert.equal(await alertTold(bench), false);
    const nobody = 'Nobody was told: no message arrived, and there is no other channel to try.';
    assert.equal(await lastSentence(bench), nobody);
    const events = (await bench.events()).length;
    const key = String((await bench.alerts())[0]?.id);
    const again = { kind: 'alert', key, due_at: T, fence: 0, pending: 1 };
    await bench.store.db.insertInto('work').values(again).execute();
    assert.deepEqual(await bench.look(), [1]);
    assert.equal((await bench.events()).length, events);
    await bench.ping(check, 'success');
    assert.deepEqual(await bench.told(), ['firing mail', 'firing chat']);
  });

  on('one message that arrives is enough, whichever ends last', async (bench) => {
    const check = await bench.check({}, [await bench.channel('mail'), await bench.channel('pager')]);
    await bench.channel('chat');
    await bench.ping(check, 'fail');
    await deliver(bench, { mail: 'sent', pager: 'failed' });
    assert.deepEqual((await bench.told()).sort(), ['firing mail', 'firing pager']);
    assert.equal(await alertTold(bench), true);
  });

  on('a channel that is off gives up at once what waited for it', async (bench) => {
    const mail = await bench.channel('mail');
    const [one, other] = [await bench.check({}, [mail]), await bench.check({}, [mail])];
    await bench.channel('chat');
    await bench.ping(one, 'fail');
    await deliver(bench, { mail: 'again' });
    await bench.ping(other, 'fail');
    await deliver(bench, { mail: 'off', chat: 'again' });
    // The first one was to be tried in an hour.
    await deliver(bench, { mail: 'disabled', chat: 'again' });
    assert.deepEqual(await bench.told(), ['firing mail', 'firing mail', 'firing chat', 'firing chat']);
  });

  const BY_HAND = {
    deleted: (bench: Bench, code: string) =>
      bench.writer.run('channels.remove', { projectId: bench.projectId, code }),
    'switched off': (bench: Bench, code: string) =>
      bench.writer.run('channels.update', { projectId: bench.projectId, code, disabled: true }),
  };
  for (const [how, change] of Object.entries(BY_HAND)) {
    on(`what waits for a channel that somebody ${how} goes other ways`, async (bench) => {
      const mail = await bench.channel('mail');
      const check = await bench.check({}, [mail]);
      await bench.channel('chat');
      await bench.ping(check, 'fail');
      await deliver(bench, { mail: 'again' });
      await change(bench, mail.code);
      if (how === 'deleted') await bench.look();
      else await deliver(bench, { mail: 'disabled', chat: 'again' });
      assert.equal((await bench.told()).at(-1), 'firing chat');
    });
  }

  const NO_OTHER: Record<string, (bench: Bench) => Promise<unknown>> = {
    'the project tells only by checks': (bench) =>
      bench.store.db.updateTable('projects').set({ alert_route: 'none' }).execute(),
    'there is no other': (bench) =>
      bench.store.db.deleteFrom('channels').where('name', '=', 'chat').execute(),
    'the other is off': (bench) =>
      bench.store.db.updateTable('channels').set({ disabled: 1 }).where('name', '=', 'chat').execute(),
  };
  for (const [name, change] of Object.entries(NO_OTHER)) {
    on(`nobody was told when no message arrived and ${name}`, async (bench) => {
      const check = await bench.check({ tags: 'tier1' }, [await bench.channel('mail')]);
      await bench.channel('chat');
      await change(bench);
      await bench.ping(check, 'fail');
      await deliver(bench, { mail: 'off' });
      assert.deepEqual(await bench.told(), ['firing mail']);
      assert.equal(await alertTold(bench), false);
      const incidents = await bench.store.db.selectFrom('incidents').select('resolved_at').execute();
      assert.deepEqual(
        incidents.map((row) => row.resolved_at),
        [null],
      );
      assert.match((await lastSentence(bench)) ?? '', /^Nobody was told: no message arrived, and there/);
    });
  }

  on('what a digest gathered is told in other ways when the digest fails', async (bench) => {
    const mail = await bench.channel('mail');
    await bench.store.db.updateTable('channels').set({ budget: 1 }).execute();
    const [one, other] = [await bench.check({}, [mail]), await bench.check({}, [mail])];
    await bench.channel('chat');
    await bench.ping(one, 'fail');
    await bench.ping(other, 'fail');
    await deliver(bench, { mail: 'sent' });
    await bench.clock.advance(HOUR);
    await deliver(bench, { mail: 'failed', chat: 'again' });
    const told = (await bench.told()).filter((line) => line.endsWith('chat'));
    assert.deepEqual(told, ['firing chat']);
  });

  on('what is over when its message is given up is told to nobody, and says so', async (bench) => {
    const check = await bench.check({}, [await bench.channel('mail')]);
    await bench.channel('chat');
    await bench.ping(check, 'fail');
    await bench.ping(check, 'success');
    await deliver(bench, { mail: 'failed' });
    assert.equal(await alertTold(bench), false);
    assert.deepEqual(await bench.told(), ['firing mail', 'resolved mail']);
  });

  on('a message that its provider took, but that did not arrive, goes other ways', async (bench) => {
    const check = await bench.check({}, [await bench.channel('mail')]);
    await bench.channel('chat');
    await bench.ping(check, 'fail');
    await deliver(bench, { mail: 'sent' });
    const bounced = { deliveryId: 1, error: 'no such mailbox', disable: true, within: HOUR };
    await bench.writer.run('notify.lateFailure', bounced);
    await bench.look();
    assert.deepEqual(await bench.told(), ['firing mail', 'firing chat']);
  });
}
