import { testAnswers } from '../testing/ask-table.ts';

const SERIES = `
a{x="1"} -2.5
a{x="2"} 2.5
a{x="3"} 7
`;

testAnswers(SERIES, 0, [
  ['ceil(a)', '{x="1"} -2\n{x="2"} 3\n{x="3"} 7'],
  ['floor(a)', '{x="1"} -3\n{x="2"} 2\n{x="3"} 7'],
  ['round(a)', '{x="1"} -2\n{x="2"} 3\n{x="3"} 7'],
  ['round(a, 5)', '{x="1"} 0\n{x="2"} 5\n{x="3"} 5'],
  ['round(vector(2.675), 0.01)', '{} 2.68'],
  ['clamp(a, 0, 5)', '{x="1"} 0\n{x="2"} 2.5\n{x="3"} 5'],
  ['clamp(a, 5, 0)', 'nothing'],
  ['clamp(a, NaN, 5)', '{x="1"} NaN\n{x="2"} NaN\n{x="3"} NaN'],
  ['clamp_min(a, 3)', '{x="1"} 3\n{x="2"} 3\n{x="3"} 7'],
  ['clamp_max(a, 3)', '{x="1"} -2.5\n{x="2"} 2.5\n{x="3"} 3'],
  ['clamp_max(a, NaN)', '{x="1"} NaN\n{x="2"} NaN\n{x="3"} NaN'],
]);
