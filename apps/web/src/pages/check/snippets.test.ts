import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { test } from 'node:test';
import { PING_WAYS } from './search.ts';
import { snippetsFor } from './snippets.ts';

const target = { url: 'https://v.example/ping/x', email: 'x@v.example' };

for (const { use, text } of snippetsFor('bash', target)) {
  test(`a shell can read the snippet ${use}`, () => {
    execFileSync('sh', ['-n'], { input: text });
  });
}

for (const { use, text } of snippetsFor('cron', target)) {
  test(`a shell can read the command of the crontab line ${use}`, () => {
    assert.match(text, /^0 3 \* \* \* /);
    execFileSync('sh', ['-n'], { input: text.slice('0 3 * * * '.length) });
  });
}

for (const { use, text } of snippetsFor('node', target)) {
  test(`Node can read the snippet ${use}`, () => {
    execFileSync(process.execPath, ['--input-type=module', '--check', '-'], { input: text });
  });
}

test('each way names the check’s own address', () => {
  for (const way of PING_WAYS) {
    for (const { text } of snippetsFor(way, target))
      assert.ok(text.includes(way === 'mail' ? target.email : target.url));
  }
});
