import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';
import { EventHub } from '../events.ts';
import { createNotifier } from './notifier.ts';
import { notifyStore } from './testing/notify-store.ts';

/** The clients that were asked for, in order; this file is a process of its own. */
const loaded: string[] = [];
registerHooks({
  resolve(specifier, context, next) {
    if (specifier === 'undici' || specifier === 'nodemailer') loaded.push(specifier);
    return next(specifier, context);
  },
});

test('clients are loaded once there is a channel, and the one for mail only where mail goes out', async () => {
  const events = new EventHub();
  const t = await notifyStore((effects) => events.publish(effects));
  const targets = { allowPrivate: true, allow: [] };
  const from = 'vigie@vigie.test';
  let mailUrl: string | null = null;
  const notifier = createNotifier({
    ...t,
    nodeId: 'node',
    version: '0.0.0',
    events,
    config: () => ({
      baseUrl: 'https://vigie.test',
      siteName: 'Vigie',
      mail: { url: mailUrl, from },
      targets,
    }),
    ackLink: () => null,
    checkJson: async () => ({}),
    onError: (message) => assert.fail(message),
  });
  await notifier.warmUp();
  assert.deepEqual(loaded, [], 'nobody could be told anything');
  await t.channel('slack', { url: 'https://x.test/' });
  await notifier.warmUp();
  assert.deepEqual(loaded, ['undici']);
  // Nobody listens there: a warm-up that connected would fail.
  mailUrl = 'smtp://127.0.0.1:1';
  await notifier.warmUp();
  await notifier.warmUp();
  assert.deepEqual(loaded, ['undici', 'nodemailer']);
  await notifier.stop();
});

test('the first channel that is made lets the client be loaded before its first message', async () => {
  const events = new EventHub();
  const warmed = Promise.withResolvers<void>();
  const t = await notifyStore((effects) => events.publish(effects));
  const notifier = createNotifier({
    ...t,
    nodeId: 'node',
    version: '0.0.0',
    events,
    config: () => ({
      baseUrl: 'https://vigie.test',
      siteName: 'Vigie',
      mail: { url: null, from: '' },
      targets: { allowPrivate: true, allow: [] },
    }),
    ackLink: () => null,
    checkJson: async () => ({}),
    outbound: {
      request: () => assert.fail('nothing is to be sent'),
      warmUp: async () => warmed.resolve(),
      close: async () => undefined,
    },
    onError: (message) => assert.fail(message),
  });
  await notifier.start();
  await t.channel('slack', { url: 'https://x.test/' });
  await warmed.promise;
  await notifier.stop();
});
