import { testAnswers } from '../testing/ask-table.ts';

/** 2000-02-29T23:59:58Z. */
const LEAP_DAY = 'vector(951868798.9)';

testAnswers('a 1', 90, [
  [`minute(${LEAP_DAY})`, '{} 59'],
  [`hour(${LEAP_DAY})`, '{} 23'],
  [`day_of_week(${LEAP_DAY})`, '{} 2'],
  [`day_of_month(${LEAP_DAY})`, '{} 29'],
  [`day_of_year(${LEAP_DAY})`, '{} 60'],
  [`days_in_month(${LEAP_DAY})`, '{} 29'],
  [`month(${LEAP_DAY})`, '{} 2'],
  [`year(${LEAP_DAY})`, '{} 2000'],
  ['days_in_month(vector(951868800))', '{} 31'],
  ['year(vector(-1))', '{} 1969'],
  ['day_of_year(vector(-1))', '{} 365'],
  ['hour()', '{} 1'],
  ['minute()', '{} 30'],
  ['year(vector(-62167219201))', '{} -1'],
  ['day_of_year(vector(-62167219201))', '{} 365'],
  ['year(vector(1e14))', '{} 3170843'],
  ['month(vector(1e14))', '{} 11'],
  ['day_of_month(vector(1e14))', '{} 7'],
  ['day_of_week(vector(1e14))', '{} 6'],
  ['year(vector(NaN))', '{} NaN'],
  ['year(vector(1e300))', '{} NaN'],
]);
