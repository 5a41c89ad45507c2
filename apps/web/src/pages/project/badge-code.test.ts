import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BadgeFormat, badgeCode } from './badge-code.ts';

const addresses = {
  url_svg: 'https://v/b.svg',
  url_json: 'https://v/b.json',
  url_shields: 'https://v/b.shields',
};
const CASES: [BadgeFormat, string, string][] = [
  ['markdown', 'prod', '![prod](https://v/b.svg)'],
  ['markdown', 'a]b\\', '![a\\]b\\\\](https://v/b.svg)'],
  ['html', '"><script>', '<img src="https://v/b.svg" alt="&quot;>&lt;script>">'],
  ['svg', 'prod', 'https://v/b.svg'],
  ['json', 'prod', 'https://v/b.json'],
  ['shields', 'prod', 'https://v/b.shields'],
];

for (const [format, name, code] of CASES) {
  test(`${format} of ${name}`, () => assert.equal(badgeCode(format, addresses, name), code));
}
