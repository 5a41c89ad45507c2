import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slugOf, understand } from './understand.ts';

const line = { kind: 'line', timeZone: null, line: null, name: '', others: 0 } as const;

const texts: [string, object][] = [
  ['', { kind: 'nothing' }],
  ['  \n# only a comment\n', { kind: 'nothing' }],
  ['0 3 * * *', { ...line, expression: '0 3 * * *' }],
  [
    '0  3 * * *  /usr/local/bin/backup.sh --all',
    {
      ...line,
      expression: '0 3 * * *',
      line: '0  3 * * *  /usr/local/bin/backup.sh --all',
      name: 'backup',
    },
  ],
  ['@daily', { ...line, expression: '0 0 * * *' }],
  ['@weekly tidy', { ...line, expression: '0 0 * * 0', line: '@weekly tidy', name: 'tidy' }],
  ['CRON_TZ=Europe/Kiev 0 3 * * *', { ...line, expression: '0 3 * * *', timeZone: 'Europe/Kyiv' }],
  [
    'MAILTO=ops@example.org\nCRON_TZ="Asia/Tokyo"\n*/5 * * * * root php /srv/cron.php\n0 4 * * * b',
    {
      ...line,
      expression: '*/5 * * * *',
      timeZone: 'Asia/Tokyo',
      line: '*/5 * * * * root php /srv/cron.php',
      name: 'cron',
      others: 1,
    },
  ],
  ['Mon..Fri 09:00', { ...line, expression: 'Mon..Fri 09:00' }],
  ['daily', { kind: 'name', name: 'daily' }],
  ['Nightly backup', { kind: 'name', name: 'Nightly backup' }],
  ['3 little pigs', { kind: 'name', name: '3 little pigs' }],
  [
    'https://shop.example/health',
    { kind: 'url', url: 'https://shop.example/health', name: 'shop.example/health' },
  ],
  ['https://shop.example/', { kind: 'url', url: 'https://shop.example/', name: 'shop.example' }],
  ['https://', { kind: 'wrong', problem: 'url', reason: 'https://' }],
  ['@reboot /bin/x', { kind: 'wrong', problem: 'reboot', reason: '' }],
  ['TZ=Mars/Base 0 3 * * * x', { kind: 'wrong', problem: 'zone', reason: 'Mars/Base' }],
  [
    '61 * * * * x',
    { kind: 'wrong', problem: 'schedule', reason: 'minute: 61 is outside 0 to 59 (at character 1)' },
  ],
];

for (const [text, expected] of texts) {
  test(`understood: ${JSON.stringify(text)}`, () => assert.deepEqual(understand(text), expected));
}

const commands: [string, string][] = [
  ['cd /srv/app && ./bin/report', 'report'],
  ['flock -n /tmp/x.lock python3 /srv/sync.py --now', 'sync'],
  ['LANG=C nice -n 10 /usr/bin/certbot renew', 'certbot'],
  ['/bin/bash -c "tidy up"', 'tidy'],
];

for (const [command, name] of commands) {
  test(`named after its program: ${command}`, () => {
    const understood = understand(`0 3 * * * ${command}`);
    assert.equal(understood.kind === 'line' && understood.name, name);
  });
}

test('a slug has no accents and no signs', () =>
  assert.equal(slugOf(' Été: la Sauvegarde! '), 'ete-la-sauvegarde'));
