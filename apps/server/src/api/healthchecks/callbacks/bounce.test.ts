import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readBounce } from './bounce.ts';

const REPORT = [
  'From: MAILER-DAEMON@mx.example.org',
  'To: "Vigie" <n.0cab08fe@hc.example.org>',
  'Content-Type: multipart/report; report-type=delivery-status;',
  ' boundary="b"',
  '',
  '--b',
  'Content-Type: text/plain',
  '',
  'Status: 4.0.0',
  'Action: nothing of the kind',
  '',
  '--b',
  'Content-Type: message/delivery-status',
  '',
  'Reporting-MTA: dns; mx.example.org',
  '',
  'Final-Recipient: rfc822; alice@example.org',
  'Action: failed',
  'Status: 5.1.1 (no such user)',
  'Diagnostic-Code: smtp; 550 5.1.1 alice:',
  '  no such user',
  '',
  '--b--',
].join('\r\n');

const NOTHING = { mailbox: '', status: '', diagnostic: '' };

describe('a bounce', () => {
  it('tells whom, how and why', () => {
    assert.deepEqual(readBounce(Buffer.from(REPORT)), {
      mailbox: 'n.0cab08fe',
      status: '5.1.1',
      diagnostic: '550 5.1.1 alice: no such user',
    });
  });

  it('tells as much with bare line feeds', () => {
    assert.equal(readBounce(Buffer.from(REPORT.replaceAll('\r', ''))).status, '5.1.1');
  });

  for (const [name, text, expected] of [
    ['empty', '', NOTHING],
    ['an ordinary mail', 'To: x@y\n\nStatus: 5.1.1\nAction: failed\n', { ...NOTHING, mailbox: 'x' }],
    ['without a recipient', 'Subject: hi\n\nx@y', NOTHING],
    ['bytes', '\xff\xfe\0', NOTHING],
  ] as const) {
    it(`${name} tells ${JSON.stringify(expected)}`, () => {
      assert.deepEqual(readBounce(Buffer.from(text, 'latin1')), expected);
    });
  }
});
