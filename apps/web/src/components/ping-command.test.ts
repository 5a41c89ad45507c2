import assert from 'node:assert/strict';
import { test } from 'node:test';
import { withPing } from './ping-command.ts';

const URL = 'https://v.example/ping/x';
const CURL = `curl -fsS -m 10 --retry 5 -o /dev/null ${URL}/$?`;

const lines: [string, string][] = [
  ['0 3 * * * /bin/backup', `0 3 * * * /bin/backup; ${CURL}`],
  ['0 3 * * * /bin/a; /bin/b ;', `0 3 * * * /bin/a; /bin/b; ${CURL}`],
  ['@daily /bin/backup &', `@daily (/bin/backup; ${CURL}) &`],
  ['0 3 * * * /bin/backup &', `0 3 * * * (/bin/backup; ${CURL}) &`],
  ['0 3 * * * mail bob%Hello%Bob', `0 3 * * * mail bob; ${CURL}%Hello%Bob`],
  ['0 3 * * * date +\\%F > /tmp/x', `0 3 * * * date +\\%F > /tmp/x; ${CURL}`],
  ['0 3 * * * /bin/backup # nightly', `0 3 * * * /bin/backup; ${CURL} # nightly`],
  ["0 3 * * * echo '# no comment'", `0 3 * * * echo '# no comment'; ${CURL}`],
];

for (const [line, expected] of lines) {
  test(`a report is appended to ${line}`, () => assert.equal(withPing(line, URL), expected));
}
