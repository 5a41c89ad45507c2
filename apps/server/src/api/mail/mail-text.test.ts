import assert from 'node:assert/strict';
import { test } from 'node:test';
import { mailText } from './mail-text.ts';

const MULTIPART = [
  'Subject: nightly',
  'MIME-Version: 1.0',
  'Content-Type: multipart/mixed; boundary=outer',
  '',
  '--outer',
  'Content-Type: multipart/alternative; boundary=inner',
  '',
  '--inner',
  'Content-Type: text/plain; charset=iso-8859-1',
  'Content-Transfer-Encoding: quoted-printable',
  '',
  'sauvegarde termin=E9e',
  '--inner',
  'Content-Type: text/html; charset=utf-8',
  'Content-Transfer-Encoding: base64',
  '',
  Buffer.from('<p>sauvegarde <b>finie</b></p>').toString('base64'),
  '--inner--',
  '--outer',
  'Content-Type: text/plain; name=log.txt',
  'Content-Disposition: attachment; filename=log.txt',
  '',
  'FAILED',
  '--outer--',
];

const CASES: [string, string[], { subject: string; text: string }][] = [
  [
    'an encoded subject is decoded',
    ['Subject: =?UTF-8?B?w4l0w6k=?= ok', '', 'x'],
    { subject: 'Été ok', text: 'x' },
  ],
  ['a folded subject is one line', ['Subject: a', ' b', '', 'x'], { subject: 'a b', text: 'x' }],
  [
    'both forms count, attachments do not',
    MULTIPART,
    { subject: 'nightly', text: 'sauvegarde terminée\nsauvegarde finie' },
  ],
  ['a message without headers has none', ['', 'x'], { subject: '', text: 'x' }],
  [
    'HTML alone gives its words',
    ['Content-Type: text/html', '', '<h1>Job Done</h1>'],
    { subject: '', text: 'Job Done' },
  ],
  [
    'a part that is cut off counts as far as it goes',
    MULTIPART.slice(0, 12),
    { subject: 'nightly', text: 'sauvegarde terminée' },
  ],
];

for (const [name, lines, expected] of CASES) {
  test(`e-mail text: ${name}`, async () => {
    assert.deepEqual(await mailText(Buffer.from(lines.join('\r\n'))), expected);
  });
}
