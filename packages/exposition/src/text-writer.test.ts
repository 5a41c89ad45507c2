import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readText } from './text.ts';
import { type WrittenFamily, writeFamily } from './text-writer.ts';

test('families are written as Go writes them', () => {
  const samples = [
    { suffix: '', labels: [], value: 1e9 },
    { suffix: '_sum', labels: ['a', 'b"\\\n'], value: Number.NEGATIVE_INFINITY },
    { suffix: '_bucket', labels: ['a', '', 'le', '+Inf'], value: 0.5 },
  ];
  const cases: [WrittenFamily, string][] = [
    [
      { name: 'x', type: 'histogram', help: 'back\\slash\nand "quote"', samples },
      '# HELP x back\\\\slash\\nand "quote"\n# TYPE x histogram\nx 1e+09\nx_sum{a="b\\"\\\\\\n"} -Inf\nx_bucket{a="",le="+Inf"} 0.5\n',
    ],
    [{ name: 'y', type: 'unknown', help: null, samples: [] }, '# TYPE y untyped\n'],
    [{ name: 'z', type: 'stateset', help: '', samples: [] }, '# HELP z \n# TYPE z untyped\n'],
  ];
  for (const [family, text] of cases) assert.equal(writeFamily(family), text);
});

test('what is written reads back', () => {
  const labels = ['a', 'b"\\\n{}'];
  const values = [Number.NaN, 1 / 3, 5e-324, 123_456_789];
  const samples = values.map((value) => ({ suffix: '', labels, value }));
  const read: number[] = [];
  readText(writeFamily({ name: 'n', type: 'gauge', help: 'h', samples }), {
    sample: (sample) => {
      assert.deepEqual(sample.labels(), ['__name__', 'n', ...labels]);
      read.push(sample.value);
    },
  });
  assert.deepEqual(read, values);
});
