import { testAnswers } from '../testing/ask-table.ts';

testAnswers('a 3\nb{x="1"} 1\nb{x="2"} 2\nh {{sum:1 count:1}}', 0, [
  ['scalar(a)', 'scalar 3'],
  ['scalar(b)', 'scalar NaN'],
  ['scalar(h)', 'scalar NaN'],
  ['scalar({__name__=~"a|h"})', 'scalar 3'],
  ['scalar(none)', 'scalar NaN'],
  ['vector(scalar(a))', '{} 3'],
  ['max_of(1, 2)', 'scalar 2'],
  ['min_of(1, NaN)', 'scalar NaN'],
  ['max_of(NaN, Inf)', 'scalar +Inf'],
]);
