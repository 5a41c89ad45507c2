import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Identity } from '../../accounts/identity.ts';
import { FakeClock } from '../../testing/fake-clock.ts';
import { AskedRuns } from './asked-runs.ts';

const key = (hint: string): Identity => ({
  kind: 'key',
  keyId: 1,
  projectId: 1,
  scope: 'write',
  hint,
  lastUsedAt: null,
});

test('a project has a bound of its own, whoever asks, and takes none from others', async () => {
  const clock = new FakeClock(0);
  const asked = new AskedRuns(clock);
  for (let i = 0; i < 300; i++) asked.take({ id: 1 }, key(`key ${i}`));
  assert.throws(() => asked.take({ id: 1 }, key('one more')), { code: 'rate_limited', retryAfter: 60 });
  asked.take({ id: 2 }, key('one more'));
  await clock.advance(60_000);
  asked.take({ id: 1 }, key('one more'));
});
