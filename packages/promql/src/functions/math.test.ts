import { testAnswers } from '../testing/ask-table.ts';

testAnswers('a{b="c"} -4', 0, [
  ['abs(a)', '{b="c"} 4'],
  ['sgn(a)', '{b="c"} -1'],
  ['sgn(vector(0))', '{} 0'],
  ['sgn(vector(NaN))', '{} NaN'],
  ['sqrt(a)', '{b="c"} NaN'],
  ['sqrt(-a)', '{b="c"} 2'],
  ['ln(vector(0))', '{} -Inf'],
  ['log2(vector(1024))', '{} 10'],
  ['log10(vector(1000))', '{} 3'],
  ['exp(vector(0))', '{} 1'],
]);

testAnswers('a {{sum:1 count:1}}', 0, [['abs(a)', 'nothing']]);
