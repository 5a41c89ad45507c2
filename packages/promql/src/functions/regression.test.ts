import { testAnswers } from '../testing/ask-table.ts';

testAnswers('line 0+60x10\nflat 7x10\nendless Infx10\none _ _ _ _ _ 5\nmade 3 1 4 1 5 9', 5, [
  ['deriv(line[5m])', '{} 1'],
  ['deriv(flat[5m])', '{} 0'],
  ['deriv(endless[5m])', '{} NaN'],
  ['deriv(one[5m])', 'nothing'],
  ['predict_linear(line[5m], 600)', '{} 900'],
  ['predict_linear(flat[5m], 600)', '{} 7'],
  ['predict_linear(line[3m] offset 2m, 60)', '{} 360'],
  /** Minutes 0..5: 77 - 15 * 23 / 6 by 55 - 15 * 15 / 6. */
  ['deriv(made[6m]) * 60 * 17.5', '{} 19.5'],
]);
