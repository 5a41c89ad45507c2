import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type GraphThing, layoutOf } from './graph-layout.ts';

/** `api<db,cache worker<db db cache` */
function things(text: string): GraphThing[] {
  return text.split(' ').map((word) => {
    const [id = '', parents = ''] = word.split('<');
    return { id, dependsOn: parents === '' ? [] : parents.split(',') };
  });
}

/** `id:column,row`, in the order of the things. */
function spotsOf(text: string): string {
  const given = things(text);
  const { spots } = layoutOf(given);
  return given.map(({ id }) => `${id}:${spots.get(id)?.column},${spots.get(id)?.row}`).join(' ');
}

describe('a picture of dependencies', () => {
  const cases: [string, string, string][] = [
    ['has what depends on nothing first', 'api<db db', 'api:1,0 db:0,0'],
    ['puts each right of all that it depends on', 'web<api,db api<db db', 'web:2,0 api:1,0 db:0,0'],
    ['has shorter columns in the middle', 'a<x b<x c<x x', 'a:1,0 b:1,1 c:1,2 x:0,1'],
    ['has things near what they depend on', 'b<y a<x x y', 'b:1,0 a:1,1 x:0,1 y:0,0'],
    ['leaves out what is not in it', 'a<gone', 'a:0,0'],
    ['cuts a circle', 'a<b b<a', 'a:1,0 b:0,0'],
  ];
  for (const [name, text, expected] of cases) {
    it(name, () => assert.equal(spotsOf(text), expected));
  }

  it('counts its columns and rows', () => {
    const { columns, rows } = layoutOf(things('web<api api<db,cache db cache'));
    assert.deepEqual([columns, rows], [3, 2]);
    assert.deepEqual(layoutOf([]), { spots: new Map(), columns: 0, rows: 0 });
  });
});
