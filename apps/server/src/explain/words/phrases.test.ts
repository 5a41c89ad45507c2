import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LANGUAGES } from '../../notify/texts/texts.ts';
import { PHRASES } from './known-sentences.ts';
import { worded } from './phrases.ts';

const SLOT = /\{(\w+)\}/g;

function filled(text: string): string {
  return text.replace(SLOT, '<$1>');
}

for (const phrase of PHRASES) {
  for (const language of LANGUAGES) {
    test(`"${phrase.en}" is told in ${language}`, () => {
      assert.equal(worded(filled(phrase.en), language), filled(phrase[language]));
      assert.deepEqual(phrase[language].match(SLOT)?.toSorted(), phrase.en.match(SLOT)?.toSorted());
      assert.equal(phrase[language] === phrase.en, language === 'en');
    });
  }
}

/** Stored texts and what they are in French. */
const STORED: [text: string, french: string][] = [
  ['HTTP 500: no such token', 'HTTP 500: no such token'],
  ['toString', 'toString'],
  ['h1.example:9093: the connection was refused', 'h1.example:9093 : la connexion a été refusée'],
  [
    'given up after 9 tries in 24 h, the last: h1:80: no answer within 10 s',
    'abandonné après 9 essais en 24 h, le dernier : h1:80 : pas de réponse en 10 s',
  ],
  ['the run took 1 d 2 h, less than 2 d', 'l’exécution a duré 1 j 2 h, soit moins de 2 j'],
  [
    'pg_ratio{datname="a is b"} is 0.93, warning > 0.8 for 3 runs',
    'pg_ratio{datname="a is b"} vaut 0.93, seuil d’avertissement > 0.8 pendant 3 passages',
  ],
  ['3 times down', 'tombé en panne 3 fois'],
];

for (const [text, french] of STORED) {
  test(`stored "${text}" is "${french}"`, () => {
    assert.equal(worded(text, 'fr'), french);
    assert.equal(worded(text, 'en'), text);
  });
}

const SERVER = new URL('../../', import.meta.url).pathname;
/** Where sentences of ledgers are written, and how they look there. */
const WRITTEN: [files: string, sentence: RegExp][] = [
  ['notify/**/*.ts', /skip: '([^']+)'/g],
  ['notify/**/*.ts', /\b(?:skipped|failed)\(\s*['`]([^'`]+)['`]\)/g],
  ['notify/**/*.ts', /const CHANNEL_[A-Z]+ = '([^']+)'/g],
  ['notify/channels/*/channel.ts', /(?:return|\?)[^;]*\bnull : '([^']+)'/g],
  ['notify/channels/*/channel.ts', /\? '([^']+)' : null\b/g],
  ['{notify,outbound}/**/*.ts', /new DeliveryError\(\s*['`]([^'`]+)['`]/g],
  ['outbound/*.ts', /\b(?:final|later)\(\s*['`]([^'`]+)['`][,)]/g],
  ['outbound/outbound.ts', /^ {2}[A-Z_]+: ['`]([^'`]+)['`],$/gm],
  ['notify/mail/smtp-failure.ts', /^ {2}[A-Z_]+: ['`]([^'`]+)['`],$/gm],
  ['outbound/address-policy.ts', /return '([^']+)'/g],
  ['{checks,probes,declared,alerts,.}/*.ts', /\bend(?:Alerts|Watch)\w*\([^;]*?'([^']+)'\)/g],
  ['checks/runs.ts', /null, '([^']+)'\);/g],
  ['checks/{check,breach}-alerts.ts', /^ {2}\w+: (?:\([^)]*\) => )?['`]([^'`]+)['`],$/gm],
  ['probe-path.ts', /^ {2}\w+: '([^']+)',$/gm],
  ['checks/outcomes.ts', /return `([^`]+)`/g],
];

for (const [files, sentence] of WRITTEN) {
  test(`what ${files} writes into ledgers is known in every language: ${sentence.source}`, () => {
    const found = globSync(files, { cwd: SERVER })
      .filter((file) => !file.endsWith('.test.ts'))
      .flatMap((file) => [...readFileSync(SERVER + file, 'utf8').matchAll(sentence)])
      .map(([, text = '']) => text.replace(/\$\{[^}]*\}/g, '7'))
      .filter((text) => /[a-z]/.test(text));
    assert.ok(found.length > 0, 'nothing looks like this any more');
    assert.deepEqual(
      found.filter((text) => worded(text, 'fr') === text),
      [],
    );
  });
}
