import assert from 'node:assert/strict';
import { it } from 'node:test';
import { badgeSvg } from './svg.ts';

it('a badge shows label and status as bare text on their colours', () => {
  const svg = badgeSvg('prod', 'late');
  assert.match(svg, /^<svg [^>]*height="20"/);
  assert.match(svg, />prod<\/text>/);
  assert.match(svg, />late<\/text>/);
  assert.match(svg, /fill="#fe7d37"/);
});

for (const [status, colour] of [
  ['up', '#4c1'],
  ['late', '#fe7d37'],
  ['down', '#e05d44'],
] as const) {
  it(`${status} is ${colour}`, () => assert.ok(badgeSvg('x', status).includes(`fill="${colour}"`)));
}

it('a label can do no harm', () => {
  const svg = badgeSvg('</text><script>&\'"\u0001', 'up');
  assert.ok(svg.includes('>&lt;/text&gt;&lt;script&gt;&amp;&#39;&quot;\ufffd</text>'));
  assert.ok(!svg.includes('<script'));
});

it('a long label is cut', () => {
  assert.ok(badgeSvg('x'.repeat(5000), 'up').length < 1500);
});

it('a longer label has a wider badge', () => {
  const width = (label: string): number => Number(/width="(\d+)"/.exec(badgeSvg(label, 'up'))?.[1]);
  assert.ok(width('x') < width('xxxxxx'));
  assert.ok(width('iiii') < width('WWWW'));
});
