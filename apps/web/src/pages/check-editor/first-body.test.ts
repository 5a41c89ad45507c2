import assert from 'node:assert/strict';
import { test } from 'node:test';
import { firstBody, lineOf } from './first-body.ts';

const said = { name: 'Night backup', timeZone: 'Europe/Paris', now: Date.UTC(2026, 10, 21) };

test('a crontab line gives a check with its schedule and a grace that fits', () => {
  const found = {
    kind: 'line',
    expression: '*/10 * * * *',
    timeZone: null,
    line: 'x',
    name: '',
    others: 0,
  } as const;
  assert.deepEqual(firstBody(found, said), {
    name: 'Night backup',
    slug: 'night-backup',
    schedule: '*/10 * * * *',
    time_zone: 'Europe/Paris',
    grace: 300,
  });
});

test('a URL becomes a line that asks it, harmless to the shell and to cron', () => {
  const found = { kind: 'url', url: "https://x.example/a?b=%20'&c", name: 'x' } as const;
  assert.equal(
    lineOf(found),
    "*/5 * * * * curl -fsS -m 10 -o /dev/null 'https://x.example/a?b=\\%20\\%27&c'",
  );
  assert.equal(firstBody(found, said).timeout, 300);
});

test('a name without a letter of an address has no slug', () => {
  assert.deepEqual(firstBody({ kind: 'name', name: '備份' }, { ...said, name: '備份' }), { name: '備份' });
});
