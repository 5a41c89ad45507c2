import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ExpositionError } from './exposition-error.ts';
import { readOpenMetrics } from './openmetrics.ts';
import type { ExpositionSink } from './sink.ts';
import { readText } from './text.ts';

type Reader = (text: string, sink: ExpositionSink) => void;

/** What a reader hands over, a line each. */
function heard(read: Reader, text: string): string[] {
  const lines: string[] = [];
  read(text, {
    type: (family, type) => lines.push(`type ${family} ${type}`),
    help: (family, help) => lines.push(`help ${family} ${JSON.stringify(help)}`),
    unit: (family, unit) => lines.push(`unit ${family} ${unit}`),
    sample: (sample) => {
      const example =
        sample.exemplar === null
          ? ''
          : ` # ${JSON.stringify(sample.exemplar.labels)} ${sample.exemplar.value} ${sample.exemplar.timestamp}`;
      lines.push(`${JSON.stringify(sample.labels())} ${sample.value} ${sample.timestamp}${example}`);
    },
  });
  return lines;
}

const TEXT: readonly (readonly [name: string, text: string, wanted: readonly string[]])[] = [
  ['nothing', '', []],
  ['blank lines and comments', '\n  \n# just words\n#HELP x\n# \n# HELP\n# TYPE\n', []],
  ['a name alone', 'up 1\n', ['["__name__","up"] 1 null']],
  ['no last line feed', 'up 1', ['["__name__","up"] 1 null']],
  ['a timestamp', 'up 1 1395066363000\n', ['["__name__","up"] 1 1395066363000']],
  [
    'blanks everywhere',
    ' \tup\t{ a = "b" , c="d" , } \t-1.5e3  7 \n',
    ['["__name__","up","a","b","c","d"] -1500 7'],
  ],
  ['no labels in braces', 'up{} +Inf\n', ['["__name__","up"] Infinity null']],
  [
    'other ways to write floats',
    'a nan\nb -inf\nc .5\nd 5.\n',
    [
      '["__name__","a"] NaN null',
      '["__name__","b"] -Infinity null',
      '["__name__","c"] 0.5 null',
      '["__name__","d"] 5 null',
    ],
  ],
  [
    'escapes in values',
    'a{b="\\\\ \\" \\n \\t } , ="} 1\n',
    [String.raw`["__name__","a","b","\\ \" \n \\t } , ="] 1 null`],
  ],
  ['quoted names', '{"my.name","a.b"="v"} 1\n', ['["__name__","my.name","a.b","v"] 1 null']],
  ['a quoted name behind labels', '{x="y","my name"} 1\n', ['["__name__","my name","x","y"] 1 null']],
  [
    'help, types and their escapes',
    '# HELP a two \\n lines \\\\ "x"\n# TYPE a untyped\n# TYPE "b c" gauge\n# HELP d\n',
    ['help a "two \\n lines \\\\ \\"x\\""', 'type a unknown', 'type b c gauge', 'help d ""'],
  ],
  [
    'bounds of histograms and summaries as floats, and no others',
    '# TYPE h histogram\nh_bucket{le="1"} 1\nh_bucket{le="+Inf"} 2\nh_bucket{le="1000000"} 2\nh_bucket{le="x"} 2\n' +
      '# TYPE s summary\ns{quantile="1"} 1\ns{quantile=".05"} 1\ng_bucket{le="1"} 1\nh_sum{le="1"} 1\n',
    [
      'type h histogram',
      '["__name__","h_bucket","le","1.0"] 1 null',
      '["__name__","h_bucket","le","+Inf"] 2 null',
      '["__name__","h_bucket","le","1e+06"] 2 null',
      '["__name__","h_bucket","le","x"] 2 null',
      'type s summary',
      '["__name__","s","quantile","1.0"] 1 null',
      '["__name__","s","quantile","0.05"] 1 null',
      '["__name__","g_bucket","le","1"] 1 null',
      '["__name__","h_sum","le","1"] 1 null',
    ],
  ],
];

for (const [name, text, wanted] of TEXT)
  test(`text: ${name}`, () => {
    assert.deepEqual(heard(readText, text), wanted);
  });

const OPEN: readonly (readonly [name: string, text: string, wanted: readonly string[]])[] = [
  ['nothing', '# EOF\n', []],
  ['nothing, without the last line feed', '# EOF', []],
  [
    'a family',
    '# TYPE a_seconds counter\n# UNIT a_seconds seconds\n# HELP a_seconds What \\"it\\" is\na_seconds_total{b="c"} 1.0 1.5\n# EOF\n',
    [
      'type a_seconds counter',
      'unit a_seconds seconds',
      'help a_seconds "What \\"it\\" is"',
      '["__name__","a_seconds_total","b","c"] 1 1500',
    ],
  ],
  [
    'exemplars',
    'a 1 # {t="x"} 0.5\nb 1 2 # {} 0.5 1600096945.479\nc 3\n# EOF\n',
    [
      '["__name__","a"] 1 null # ["t","x"] 0.5 null',
      '["__name__","b"] 1 2000 # [] 0.5 1600096945479',
      '["__name__","c"] 3 null',
    ],
  ],
  [
    'types that text has not',
    '# TYPE a info\n# TYPE b stateset\n# TYPE c gaugehistogram\nc_bucket{le="5"} 1\n# TYPE d unknown\n# EOF\n',
    [
      'type a info',
      'type b stateset',
      'type c gaugehistogram',
      '["__name__","c_bucket","le","5.0"] 1 null',
      'type d unknown',
    ],
  ],
];

for (const [name, text, wanted] of OPEN)
  test(`OpenMetrics: ${name}`, () => {
    assert.deepEqual(heard(readOpenMetrics, text), wanted);
  });

const BAD: readonly (readonly [read: Reader, text: string, line: number, reason: RegExp])[] = [
  [readText, 'a\n', 1, /expected a value, found ""/],
  [readText, 'a 1\nb x\n', 2, /expected a value, found "x"/],
  [readText, 'a 0x1p4\n', 1, /expected a value/],
  [readText, 'a 1_000\n', 1, /expected a value/],
  [readText, 'a 1e999\n', 1, /expected a value/],
  [readText, 'a 1 -5\n', 1, /expected a timestamp/],
  [readText, 'a 1 1.5\n', 1, /expected a timestamp/],
  [readText, 'a 1 5 6\n', 1, /expected the end of the line, found "6"/],
  [readText, '{} 1\n', 1, /a series without a name/],
  [readText, '{b="c"} 1\n', 1, /a series without a name/],
  [readText, 'a{"x"} 1\n', 1, /two names/],
  [readText, 'a{b="c",b="d"} 1\n', 1, /label "b" is given twice/],
  [readText, 'a{b="c" 1\n', 1, /unclosed \{/],
  [readText, 'a{b="c} 1\n', 1, /unclosed quote/],
  [readText, 'a{b=c} 1\n', 1, /expected "\\"", found "c"/],
  [readText, 'a{b="c"d="e"} 1\n', 1, /expected "," or "}", found "d"/],
  [readText, 'a{,} 1\n', 1, /expected the name of a label/],
  [readText, 'a{1b="c"} 1\n', 1, /expected the name of a label/],
  [readText, 'a{b:c="c"} 1\n', 1, /expected "=", found ":"/],
  [readText, '9a 1\n', 1, /expected the name of a metric, found "9"/],
  [readText, '# TYPE a\n', 1, /invalid metric type ""/],
  [readText, '\n# TYPE a stateset\n', 2, /invalid metric type "stateset"/],
  [readText, '# HELP \n', 1, /expected the name of a metric after HELP/],
  [readOpenMetrics, '', 1, /data does not end with # EOF/],
  [readOpenMetrics, 'a 1\n', 2, /data does not end with # EOF/],
  [readOpenMetrics, '# EOF\na 1\n', 1, /unexpected data after # EOF/],
  [readOpenMetrics, '# EOF\n\n', 1, /unexpected data after # EOF/],
  [readOpenMetrics, '\n# EOF\n', 1, /expected the name of a metric, found the end of the line/],
  [readOpenMetrics, 'a  1\n# EOF\n', 1, /expected a value/],
  [readOpenMetrics, 'a{b="c", d="e"} 1\n# EOF\n', 1, /expected the name of a label, found " "/],
  [readOpenMetrics, '# words\n# EOF\n', 1, /expected HELP, TYPE, UNIT or EOF/],
  [readOpenMetrics, '#EOF\n', 1, /expected " "/],
  [readOpenMetrics, '# UNIT a_seconds bytes\n# EOF\n', 1, /unit "bytes" not a suffix/],
  [readOpenMetrics, '# TYPE a untyped\n# EOF\n', 1, /invalid metric type "untyped"/],
  [readOpenMetrics, 'a 1 x\n# EOF\n', 1, /expected a timestamp in seconds/],
];

for (const [read, text, line, reason] of BAD)
  test(`${read.name} refuses ${JSON.stringify(text)}`, () => {
    assert.throws(
      () => heard(read, text),
      (error) => error instanceof ExpositionError && error.line === line && reason.test(error.reason),
    );
  });

test('equal texts of a series are told as such, and labels are read only for who asks', () => {
  const series: string[] = [];
  readText('a{b="c"} 1\na{b="c"} 2\na {b="\\x"} 3\n', { sample: (sample) => series.push(sample.series) });
  assert.deepEqual(series, ['a{b="c"}', 'a{b="c"}', 'a {b="\\x"}']);
});
