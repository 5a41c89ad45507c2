import assert from 'node:assert/strict';
import { it } from 'node:test';
import { slugify } from './slugify.ts';

for (const [name, slug] of [
  ['', ''],
  ['Backup DB', 'backup-db'],
  ['X / Y_1.', 'x-y_1'],
  ['  -- Nightly\t\n job __', 'nightly-job'],
  ['a__b', 'a__b'],
  ['Été à Zürich', 'ete-a-zurich'],
  ['ﬁle №5', 'file-no5'],
  ['日本', ''],
  ['İstanbul', 'istanbul'],
] as const) {
  it(`the slug of ${JSON.stringify(name)} is ${JSON.stringify(slug)}`, () => {
    assert.equal(slugify(name), slug);
  });
}
