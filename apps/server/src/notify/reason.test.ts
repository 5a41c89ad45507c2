import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { LastPing, Message, MessageAlert } from './message.ts';
import { bodyTitle, reasonText } from './reason.ts';
import { aMessage } from './testing/messages.ts';
import { textsIn } from './texts/texts.ts';

const ping = (scheme: string): LastPing => ({
  n: 1,
  created_at: 0,
  kind: 'fail',
  scheme,
  exitstatus: null,
  size: 9,
});

function alertOf(summary: string, body = summary): MessageAlert {
  const annotations = { reason: 'fail', summary, body };
  return { id: 1, name: 'CheckDown', labels: {}, annotations, startsAt: 0, drill: false };
}

const refused = alertOf('refused: connect ECONNREFUSED 10.0.0.1:1');
const probe = { lastPing: ping('probe') };

const REASONS: [what: string, message: Partial<Message>, en: string, fr: string][] = [
  [
    'a job that failed',
    { lastPing: ping('https'), reason: 'fail', alert: refused },
    'The job reported a failure.',
    'La tâche a signalé un échec.',
  ],
  [
    'a service that refuses',
    { ...probe, reason: 'fail', alert: refused },
    'The probe found: the connection was refused (connect ECONNREFUSED 10.0.0.1:1).',
    'La sonde a constaté : la connexion a été refusée (connect ECONNREFUSED 10.0.0.1:1).',
  ],
  [
    'a service whose alert is not kept',
    { ...probe, reason: 'fail' },
    'The probe found the service unwell.',
    'La sonde a trouvé le service en mauvais état.',
  ],
  [
    'a service of which nothing was heard',
    { ...probe, reason: 'timeout' },
    'The probe reported nothing good in time, grace time included.',
    'La sonde n’a rien signalé de bon à temps, délai de grâce compris.',
  ],
  [
    'a service that is well again',
    { ...probe, reason: '', status: 'up', kind: 'resolved' },
    'The probe found the service well.',
    'La sonde a trouvé le service en bon état.',
  ],
  ['what says it itself', { ...probe, reason: '', summary: 'load is 9' }, 'load is 9', 'load is 9'],
];

for (const [what, message, en, fr] of REASONS) {
  test(`why a message comes about ${what}`, () => {
    assert.equal(reasonText(aMessage(message), textsIn('en')), en);
    assert.equal(reasonText(aMessage(message), textsIn('fr')), fr);
  });
}

test('the last words are those of the job, or of the probe', () => {
  const titles = ['https', 'probe'].map((scheme) =>
    bodyTitle(aMessage({ lastPing: ping(scheme) }), textsIn('en')),
  );
  assert.deepEqual(titles, ['What the job sent last:', 'What the probe said last:']);
});
