import assert from 'node:assert/strict';
import { test } from 'node:test';
import { alertTitle, resolvedText, routedText } from './sentences.ts';
import { wordsIn } from './words/words.ts';

const words = wordsIn('en');

const TITLES: [labels: Record<string, string>, title: string][] = [
  [{}, 'An unnamed alert'],
  [{ alertname: 'DiskFull' }, 'DiskFull'],
  [{ alertname: 'DiskFull', severity: 'critical', environment: 'production' }, 'DiskFull'],
  [{ alertname: 'DiskFull', instance: 'h1:9100' }, 'DiskFull of h1:9100'],
  [
    { alertname: 'DiskFull', instance: 'h1:9100', job: 'node', mountpoint: '/var' },
    'DiskFull of h1:9100 (job="node", mountpoint="/var")',
  ],
  [{ alertname: 'DiskFull', mountpoint: '/a "b"' }, 'DiskFull (mountpoint="/a \\"b\\"")'],
  [{ alertname: 'Slow', check: 'theirs', zone: 'a' }, 'Slow of theirs (zone="a")'],
  [
    { alertname: 'CheckDown', check: 'web', check_key: 'k', slug: 'web', project: 'Shop', tags: 'x y' },
    'CheckDown of web',
  ],
  [{ alertname: 'Long', text: 'x'.repeat(500) }, `Long (text="${'x'.repeat(114)}...)`],
];

for (const [labels, title] of TITLES) {
  test(`an alert is called ${title}`, () => {
    assert.equal(alertTitle({ name: labels['alertname'] ?? '', labels }), title);
  });
}

const nobody = { channels: [], disabled: [] };
const ROUTES: [detail: object, text: string][] = [
  [{ ...nobody, way: 'default' }, 'Nobody is told: there is no channel for it.'],
  [
    { ...nobody, disabled: [{ name: 'a' }], way: 'default' },
    'Nobody is told: no channel for it works. Switched off: a.',
  ],
  [
    { ...nobody, channels: [{ name: 'b' }], way: 'fallback' },
    "It reached nobody so far. The message goes to b: the project's channels that it had not gone to.",
  ],
  [
    { ...nobody, way: 'fallback' },
    'Nobody was told: no message arrived, and there is no other channel to try.',
  ],
  [{ ...nobody, way: 'declined' }, 'Nobody was told: its channels want no such messages.'],
];

for (const [detail, text] of ROUTES) {
  test(`the ledger's routing says: ${text}`, () => {
    assert.equal(routedText({ ...detail }, words), text);
  });
}

test('the end of a drill says whether it was answered', () => {
  const untold = 'nobody had been told';
  assert.equal(resolvedText({ untold }, words), 'Resolved. Nobody is told: nobody had been told.');
  assert.match(
    resolvedText({ untold, answered: false }, words),
    /^The drill is over and was not answered\. Nobody/,
  );
});
