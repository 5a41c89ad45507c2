import assert from 'node:assert/strict';
import { test } from 'node:test';
import { htmlText } from './html-text.ts';

const CASES: [string, string, string][] = [
  ['tags go', '<p>Backup <b>FAILED</b></p>', 'Backup FAILED'],
  ['entities are decoded', '<p>a &amp; b &#233; &lt;ok&gt;</p>', 'a & b é <ok>'],
  ['scripts and styles go', '<style>p{x}</style>yes<script>var no</script> sir', 'yes sir'],
  ['white space collapses', '<pre>a\n\n  b&nbsp;c</pre>\t', 'a b c'],
  ['text in attributes and comments does not count', '<a title="fail">x</a><!-- fail -->', 'x'],
  ['case stays, in headings too', '<h1>Job Done</h1>', 'Job Done'],
  ['what is cut off in a tag is no text', 'ok <script>fail', 'ok'],
  ['a stray closing tag changes nothing', '</script>ok', 'ok'],
];

for (const [name, html, text] of CASES) {
  test(`HTML to text: ${name}`, () => assert.equal(htmlText(html), text));
}
