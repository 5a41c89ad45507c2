import assert from 'node:assert/strict';
import { test } from 'node:test';
import { translator } from './format.ts';

const message = { en: 'Sure? Yes: “{name}”; {count} !', fr: 'Sûr ? Oui : « {name} » ; {count} !' };

test('French double signs never begin a line', () => {
  const text = translator('fr')(message, { name: 'a', count: 1 });
  assert.equal(text, 'Sûr\u00a0? Oui\u00a0: «\u00a0a\u00a0»\u00a0; 1\u00a0!');
});

test('other languages stay as they are', () => {
  assert.equal(translator('en')(message, { name: 'a', count: 1 }), 'Sure? Yes: “a”; 1 !');
});
