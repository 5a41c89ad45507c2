import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FAILURE_WORDS } from '@vigie/contract/failure-words';
import { FAILURE_REASONS } from '@vigie/contract/vocabulary';
import { alertSummary, runMessage, type SummarizedAlert } from './alert-summary.ts';

/** An alert of a check that is down because its probe said this. */
function probed(text: string): SummarizedAlert {
  return { source: 'check', drill: 0, annotations: { reason: 'fail', summary: text, body: text } };
}

const SUMMARIES: [what: string, alert: SummarizedAlert, en: string, fr: string][] = [
  [
    'a silent job',
    {
      source: 'check',
      drill: 0,
      annotations: {
        reason: 'timeout',
        summary: 'no success was reported in time, grace time included',
      },
    },
    'no success was reported in time, grace time included',
    'aucun succès n’a été signalé à temps, délai de grâce compris',
  ],
  [
    'a job that sent what reads like the report of a probe',
    {
      source: 'check',
      drill: 0,
      annotations: { reason: 'fail', summary: 'the job reported a failure', body: 'refused: by me' },
    },
    'the job reported a failure',
    'la tâche a signalé un échec',
  ],
  [
    'a service that refuses',
    probed('refused: connect ECONNREFUSED 127.0.0.1:1'),
    'the connection was refused: "connect ECONNREFUSED 127.0.0.1:1"',
    'la connexion a été refusée : « connect ECONNREFUSED 127.0.0.1:1 »',
  ],
  [
    'a service beyond two limits',
    probed('threshold: a{b="c; d"} is 1, critical > 0; e is 2, critical >= 2 for 3 runs'),
    'a{b="c; d"} is 1, critical > 0; e is 2, critical >= 2 for 3 runs',
    'a{b="c; d"} vaut 1, seuil critique > 0 ; e vaut 2, seuil critique >= 2 pendant 3 passages',
  ],
  ['a reason of a newer version', probed('moonstruck: tides'), 'moonstruck: tides', 'moonstruck: tides'],
  [
    'what others posted',
    { source: 'api', drill: 0, annotations: { summary: 'the job reported a failure' } },
    'the job reported a failure',
    'the job reported a failure',
  ],
  [
    'what others described',
    { source: 'api', drill: 0, annotations: { description: 'no room' } },
    'no room',
    'no room',
  ],
  [
    'a limit that is not passed any more',
    {
      source: 'probe',
      drill: 0,
      annotations: { summary: 'a is 3, warning > 2', resolution: 'it is not beyond its limit any more' },
    },
    'it is not beyond its limit any more (a is 3, warning > 2)',
    'la mesure ne dépasse plus sa limite (a vaut 3, seuil d’avertissement > 2)',
  ],
  ['nothing', { source: 'check', drill: 0, annotations: {} }, '', ''],
];

for (const [what, alert, en, fr] of SUMMARIES) {
  test(`the summary of ${what}`, () => {
    assert.equal(alertSummary(alert, 'en'), en);
    assert.equal(alertSummary(alert, 'fr'), fr);
  });
}

for (const reason of FAILURE_REASONS) {
  test(`${reason} has words of its own in each language`, () => {
    const { en, fr } = FAILURE_WORDS[reason];
    assert.notEqual(en, fr);
    if (reason === 'threshold') return;
    assert.equal(alertSummary(probed(`${reason}: what`), 'fr'), `${fr} : « what »`);
  });
}

test('what a service answered is nobody’s to translate', () => {
  const message = 'the job reported a failure';
  assert.equal(runMessage({ reason: 'unhealthy', message }, 'fr'), message);
});
