import assert from 'node:assert/strict';
import { test } from 'node:test';
import { reportHtml } from './html-mail.ts';
import type { Report } from './read-report.ts';
import { aReport, aReportedCheck, aView } from './testing/report.ts';
import { reportText } from './text-mail.ts';
import { dateText, percentText } from './texts/numbers.ts';

const LINK = 'https://vigie.test/cloaked/a6c7b0a8a66bed0df66abfdab3c77736861703ee/';

test('a report as text', () => {
  assert.equal(
    reportText(aView()),
    `Shop, week of 16 November
16 – 22 November 2026, Europe/Paris time

DOWN NOW: 1
- API (staging): for 2 d 5 h
  ${LINK}

Uptime: 99.94 %, down from 99.97 %
Outages: 3, 2 more
Time down: 1 h 5 min, 40 min more

Compared with the week before.

CHECKS THAT WENT DOWN
- Nightly backup (production): Uptime 99.40 %, Outages 2, Time down 1 h, Longest 40 min
  ${LINK}
- API (staging): Uptime 99.95 %, Outages 1, Time down 5 min, Longest 5 min
  ${LINK}

BY ENVIRONMENT
- production: Checks 8, Uptime 99.92 %, Outages 2, Time down 1 h
- staging: Checks 4, Uptime 99.98 %, Outages 1, Time down 5 min

MOST MESSAGES
- Nightly backup (production): Messages 8
  ${LINK}

NO DATA: 1
New or paused all the time; in no figure.
- Yearly audit (production)
  ${LINK}

Dashboard: https://vigie.test/

-- 
You get this weekly report because you are a member of Shop on Vigie.
Unsubscribe: https://vigie.test/unsubscribe/token
`,
  );
});

const QUIET: Partial<Report> = {
  total: { up: 1000, down: 0, outages: 0 },
  downNow: { count: 0, items: [] },
  failed: { count: 0, items: [] },
};
const NO_DATA: Partial<Report> = { ...QUIET, total: { up: 0, down: 0, outages: 0 } };
const ONE: Partial<Report> = { ...QUIET, total: { up: 999_999_999, down: 1, outages: 1 } };
const OCTOBER = { from: Date.UTC(2026, 8, 30, 22), until: Date.UTC(2026, 9, 31, 23) };
const SUNDAY = { from: Date.UTC(2026, 10, 1, 23), until: Date.UTC(2026, 10, 2, 23) };

const SUBJECTS: [own: Partial<Report>, english: string, french: string][] = [
  [
    {},
    'Vigie: 3 outages, 99.94 % uptime, 1 down now - Shop, week of 16 November',
    'Vigie : 3 pannes, disponibilité 99,94 %, 1 en panne à présent - Shop, semaine du 16 novembre',
  ],
  [
    { ...QUIET, period: 'daily', range: SUNDAY },
    'Vigie: no outages, 100 % uptime - Shop, Monday 2 November',
    'Vigie : aucune panne, disponibilité 100 % - Shop, lundi 2 novembre',
  ],
  [
    { ...ONE, period: 'monthly', range: OCTOBER },
    'Vigie: 1 outage, 99.99 % uptime - Shop, October 2026',
    'Vigie : 1 panne, disponibilité 99,99 % - Shop, octobre 2026',
  ],
  [
    { ...NO_DATA, project: 'A\r\nBcc: x\u0000' },
    'Vigie: no outages, no data - A Bcc: x, week of 16 November',
    'Vigie : aucune panne, aucune donnée - A Bcc: x, semaine du 16 novembre',
  ],
];
for (const [own, english, french] of SUBJECTS) {
  test(`a subject says what matters: ${english}`, () => {
    assert.equal(aView(aReport(own)).subject, english);
    assert.equal(aView(aReport(own), 'fr').subject, french);
  });
}

test('what there is nothing of is left out, and that nothing went down is said', () => {
  const text = reportText(
    aView(
      aReport({ ...QUIET, before: null, environments: [], noisiest: [], silent: { count: 0, items: [] } }),
    ),
  );
  assert.match(
    text,
    /Nothing is down now\.\n\nUptime: 100 %\nOutages: 0\nTime down: 0 s\n\nThere is no data from before/,
  );
  assert.match(text, /CHECKS THAT WENT DOWN\nNo check went down\.\n\nDashboard/);
});

test('of long lists the rest is counted, and time without a server is told', () => {
  const check = aReportedCheck('c');
  const text = reportText(
    aView(aReport({ silent: { count: 21, items: Array(20).fill(check) }, unwatched: 3 * 3_600_000 })),
  );
  assert.match(text, /NO DATA: 21\n[\s\S]*\nand 1 more\n/);
  assert.match(text, /No server was running for 3 h: that time is in no figure\./);
});

const CHANGES: [own: Partial<Report>, words: string][] = [
  [{ before: aReport().total }, '99.94 %, unchanged;3, as many;1 h 5 min, as long'],
  [
    { total: { up: 9_000, down: 1_000, outages: 1 }, before: { up: 8_000, down: 2_000, outages: 4 } },
    '90.00 %, up from 80.00 %;1, 3 fewer;1 s, 1 s less',
  ],
];
for (const [own, words] of CHANGES) {
  test(`changes are told in words: ${words}`, () => {
    const { tiles } = aView(aReport(own));
    assert.equal(tiles.map(({ value, change }) => `${value}, ${change}`).join(';'), words);
  });
}

test('the HTML form says the same, in both languages, and fetches nothing', () => {
  for (const [language, words] of [
    [
      'en',
      [
        'Down now: 1',
        '99.94\u00a0%',
        'down from 99.97\u00a0%',
        'Nightly backup',
        'By environment',
        'Unsubscribe',
      ],
    ],
    [
      'fr',
      ['En panne à présent : 1', '99,94\u00a0%', 'en baisse, contre 99,97\u00a0%', 'fuseau Europe/Paris'],
    ],
  ] as const) {
    const html = reportHtml(aView(aReport(), language));
    for (const word of words) assert.ok(html.includes(word), word);
    assert.ok(html.includes(`<html lang="${language}">`));
    assert.ok(
      html.includes(`href="${LINK}"`) && html.includes('href="https://vigie.test/unsubscribe/token"'),
    );
    assert.doesNotMatch(html, /<(img|script|link|iframe|object)|url\(|@import/);
  }
});

test('names are text, whatever they look like', () => {
  const hostile = `</style><script>alert(1)</script>"'&<img src=x onerror=alert(1)>\n-- \nfake`;
  const check = aReportedCheck(hostile, hostile);
  const report = aReport({
    project: hostile,
    downNow: { count: 1, items: [{ check, since: null }] },
    failed: { count: 1, items: [{ check, up: 1, down: 1, outages: 1, longest: 1 }] },
    environments: ['a', hostile].map((name) => ({ name, checks: 1, sums: { up: 1, down: 1, outages: 1 } })),
    noisiest: [{ check, messages: 9 }],
    silent: { count: 1, items: [check] },
  });
  const html = reportHtml(aView(report));
  assert.doesNotMatch(html, /<script|<img/);
  assert.equal(html.match(/<\/style>/g)?.length, 1);
  assert.equal(html.split('&lt;script&gt;').length - 1, 12);
  // One sign-off only: a name cannot end the text.
  assert.equal(reportText(aView(report)).match(/^-- $/gm)?.length, 1);
});

test('a percentage is cut, not rounded', () => {
  const cases: [number, string][] = [
    [1, '100 %'],
    [1 - 1e-15, '99.99 %'],
    [0.99999, '99.99 %'],
    [0.9995, '99.95 %'],
    [0.9, '90.00 %'],
    [0.000_01, '0 %'],
    [0, '0 %'],
  ];
  for (const [part, text] of cases) assert.equal(percentText('en', part), text);
  assert.equal(percentText('fr', 0.9995), '99,95 %');
});

test('the first of a month is an ordinal in French', () => {
  const at = Date.UTC(2026, 10, 1);
  assert.equal(dateText('fr', 'UTC', at, 'day'), '1er novembre');
  assert.equal(dateText('fr', 'UTC', at, 'weekday'), 'dimanche 1er novembre');
  assert.equal(dateText('fr', 'UTC', at + 10 * 86_400_000, 'day'), '11 novembre');
});
