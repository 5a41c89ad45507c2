import { testAnswers } from '../testing/ask-table.ts';

testAnswers('a{b="c"} 180', 0, [
  ['rad(a)', '{b="c"} 3.141592653589793'],
  ['deg(vector(pi()))', '{} 180'],
  ['cos(rad(a))', '{b="c"} -1'],
  ['acos(vector(2))', '{} NaN'],
  ['atanh(vector(1))', '{} +Inf'],
  ['tanh(a)', '{b="c"} 1'],
  ['cosh(vector(710.2))', '{} +Inf'],
  ['sinh(vector(-710.2))', '{} -Inf'],
  ['cosh(vector(-22))', '{} 1792456423.065796'],
]);
