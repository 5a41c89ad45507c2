import assert from 'node:assert/strict';
import { test } from 'node:test';
import { LANGUAGES } from '../../notify/texts/texts.ts';
import { wordsIn } from './words.ts';

/** Every text of a table with its path; functions say what they say of samples. */
function textsIn(table: unknown, path: string): [path: string, text: string][] {
  if (typeof table === 'string') return [[path, table]];
  if (typeof table === 'function') {
    const args = Array.from({ length: table.length }, (_, i) => `<${i}>`);
    const said: unknown = path.endsWith('.changed')
      ? table({ what: 'silence', said: '<0>', did: 'created', by: '<1>', until: '<2>' })
      : path.endsWith('.list')
        ? table(['<0>', '<1>', '<2>'])
        : table(...args);
    return [[path, String(said)]];
  }
  assert.ok(typeof table === 'object' && table !== null, path);
  return Object.entries(table).flatMap(([name, value]) => textsIn(value, `${path}.${name}`));
}

/** The samples that a sentence repeats, whatever their order. */
function samplesIn(text: string): string[] {
  return [...new Set(text.match(/<\d>/g) ?? [])].sort();
}

const english = new Map(textsIn(wordsIn('en'), 'words'));

for (const language of LANGUAGES.filter((one) => one !== 'en')) {
  const own = new Map(textsIn(wordsIn(language), 'words'));
  for (const [path, text] of english) {
    if (path === 'words.language') continue;
    test(`${path} is there in ${language}, with the same facts`, () => {
      const said = own.get(path);
      assert.notEqual(said, undefined);
      assert.notEqual(said, text, 'it is English');
      assert.deepEqual(samplesIn(said ?? ''), samplesIn(text));
    });
  }
}
