import assert from 'node:assert/strict';
import { test } from 'node:test';
import { commandName, wiredCommand } from './command-name.ts';
import { readCompose } from './compose.ts';
import { readCrontab } from './crontab.ts';
import { readTimer } from './systemd.ts';
import { spanSeconds } from './systemd-span.ts';

const NOW = Date.UTC(2026, 6, 15, 12);

const NAMES: [string, string][] = [
  ['/opt/jobs/Nightly_Backup.sh --all', 'nightly_backup'],
  ['cd /srv/app && /usr/bin/python3 -u manage.py clearsessions', 'manage'],
  ['test -x /usr/sbin/anacron || { cd / && run-parts --report /etc/cron.daily; }', 'run-parts-cron-daily'],
  [
    '[ -x /usr/lib/php/sessionclean ] && if [ ! -d /run/systemd/system ]; then /usr/lib/php/sessionclean; fi',
    'sessionclean',
  ],
  ['PATH=/bin FOO=1 nice -n 10 sudo -u www /bin/rotate.py', 'rotate'],
  ['flock -n /tmp/lock /opt/sync.sh', 'sync'],
  ["bash -c 'cd /x && ./import.sh >/dev/null'", 'import'],
  ['curl -fsS https://example.org/cron.php', 'curl'],
  ['true', ''],
];

for (const [command, name] of NAMES) {
  test(`the command ${command} is ${name || 'nameless'}`, () => assert.equal(commandName(command), name));
}

test('what needs a shell gets one, with its quotes', () => {
  assert.equal(wiredCommand('x', '/opt/a.sh --b=c'), 'vigie exec --check x -- /opt/a.sh --b=c');
  assert.equal(wiredCommand('x', "echo 'a' | b"), "vigie exec --check x -- sh -c 'echo '\\''a'\\'' | b'");
  assert.equal(wiredCommand('x', 'A=1 b'), "vigie exec --check x -- sh -c 'A=1 b'");
});

test('lines of a crontab become checks, and what does not is told', () => {
  const text = [
    '# m h dom mon dow command',
    'MAILTO=""',
    '*/15 * * * * /opt/refresh.sh',
    'CRON_TZ=Europe/Paris',
    '0 2 * * *   /opt/backup.sh -p secret',
    '@hourly /opt/hourly.sh',
    '@reboot /opt/boot.sh',
    '61 * * * * /opt/never.sh',
    '0 3 * * * /opt/x.sh && curl -fsS https://hc-ping.com/0cab08fe-03f4-48c2-a927-90493fa0b2f2',
    'nonsense',
  ].join('\n');
  const { checks, skipped } = readCrontab(text, {
    source: 'crontab',
    withUser: false,
    timeZone: 'UTC',
    now: NOW,
  });
  assert.deepEqual(
    checks.map(({ name, source, schedule, time_zone, grace }) => [name, source, schedule, time_zone, grace]),
    [
      ['refresh', 'crontab:3', '*/15 * * * *', 'UTC', 300],
      ['backup', 'crontab:5', '0 2 * * *', 'Europe/Paris', 3600],
      ['hourly', 'crontab:6', '0 * * * *', 'Europe/Paris', 1200],
    ],
  );
  assert.equal(checks[1]?.wiring, '0 2 * * * vigie exec --check backup -- /opt/backup.sh -p secret');
  assert.equal(JSON.stringify(checks.map(({ description }) => description)).includes('secret'), false);
  assert.deepEqual(
    skipped.map(({ source, reason }) => [source, reason.slice(0, 20)]),
    [
      ['crontab:7', 'it runs once after e'],
      ['crontab:8', 'minute: 61 is outsid'],
      ['crontab:9', 'it reports to a chec'],
      ['crontab:10', 'it is no line of a c'],
    ],
  );
});

test("a system's crontab names the user", () => {
  const text = '17 *\t* * *\troot\tcd / && /opt/job.sh\n';
  const { checks } = readCrontab(text, { source: 'x', withUser: true, timeZone: 'UTC', now: NOW });
  assert.equal(checks[0]?.wiring, "17 * * * * root vigie exec --check job -- sh -c 'cd / && /opt/job.sh'");
});

const SERVICE = ['[Service]\nExecStart=-/opt/backup.sh \\\n  --all\n'];

const TIMERS: [string, string[], object | string][] = [
  [
    'a calendar, with what may delay it',
    [
      '[Unit]\nDescription=Nightly\n[Timer]\nOnCalendar=*-*-* 02:00\nRandomizedDelaySec=5min\nAccuracySec=1s\n',
    ],
    { schedule: '*-*-* 02:00', time_zone: 'Europe/Paris', grace: 3901, description: 'Nightly' },
  ],
  [
    'a drop-in takes the first calendar back',
    ['[Timer]\nOnCalendar=daily\n', '[Timer]\nOnCalendar=\nOnCalendar=Mon 04:00\nOnCalendar=Thu 05:00\n'],
    { schedule: 'Mon 04:00\nThu 05:00', grace: 3660 },
  ],
  ['a period', ['[Timer]\nOnBootSec=1min\nOnUnitActiveSec=15min\n'], { timeout: 900, grace: 360 }],
  ['a start of the machine alone', ['[Timer]\nOnBootSec=1min\n'], 'it does not run again and again'],
  ['a calendar that is none', ['[Timer]\nOnCalendar=sometimes\n'], /"sometimes" is no weekday/.source],
];

for (const [what, texts, expected] of TIMERS) {
  test(`a timer: ${what}`, () => {
    const unit = { name: 'backup.timer', texts, serviceTexts: () => SERVICE };
    const check = readTimer(unit, 'Europe/Paris', NOW);
    if (typeof expected === 'string') return assert.match(String(check), new RegExp(expected));
    assert.ok(typeof check === 'object');
    assert.deepEqual({ ...check, ...expected }, check);
    assert.match(
      check.wiring ?? '',
      /^systemctl edit backup\.service: .*vigie exec --check backup -- \/opt\/backup\.sh +--all$/,
    );
  });
}

test('a timer whose service reports is left alone', () => {
  const serviceTexts = () => ['[Service]\nExecStart=vigie exec --check x -- y\n'];
  const unit = { name: 'x.timer', texts: ['[Timer]\nOnCalendar=daily\n'], serviceTexts };
  assert.equal(readTimer(unit, 'UTC', NOW), 'its service reports to a check already');
});

test('spans are read as systemd reads them', () => {
  const cases: [string, number | null][] = [
    ['90', 90],
    ['1h 30min', 5400],
    ['2d12h', 216_000],
    ['1.5m', 90],
    ['500ms', 0.5],
    ['1month', 2_630_016],
    ['1 fortnight', null],
    ['', null],
  ];
  for (const [text, seconds] of cases) assert.equal(spanSeconds(text), seconds, text);
});

test('a compose file of anything but services proposes nothing', () => {
  for (const document of [
    null,
    'text',
    [],
    { services: null },
    { services: { a: null, b: 7, c: { ports: 'x', image: [] } } },
  ]) {
    assert.deepEqual(readCompose(document, 'x', {}).services, []);
  }
});
