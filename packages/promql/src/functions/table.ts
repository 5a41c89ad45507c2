import { ABSENCE } from './absent.ts';
import { DATES } from './dates.ts';
import type { FunctionTable } from './function-entry.ts';
import { HISTOGRAM_FRACTIONS } from './histogram-fraction.ts';
import { HISTOGRAM_QUANTILES } from './histogram-quantile.ts';
import { HISTOGRAM_STATISTICS } from './histogram-statistics.ts';
import { INFO } from './info.ts';
import { LABELS } from './labels.ts';
import { LAST_TWO } from './last-two.ts';
import { MATH } from './math.ts';
import { NEIGHBOURS } from './neighbours.ts';
import { OVER_TIME } from './over-time.ts';
import { RATES } from './rates.ts';
import { REGRESSIONS } from './regression.ts';
import { ROUNDING } from './rounding.ts';
import { SCALARS_AND_VECTORS } from './scalar-vector.ts';
import { SMOOTHING } from './smoothing.ts';
import { SORTING } from './sorting.ts';
import { TIME } from './time.ts';
import { TRIGONOMETRY } from './trigonometry.ts';

/** All functions there are. */
export const FUNCTIONS: FunctionTable = new Map(
  [
    ...ABSENCE,
    ...DATES,
    ...HISTOGRAM_FRACTIONS,
    ...HISTOGRAM_QUANTILES,
    ...HISTOGRAM_STATISTICS,
    ...INFO,
    ...LABELS,
    ...LAST_TWO,
    ...MATH,
    ...NEIGHBOURS,
    ...OVER_TIME,
    ...RATES,
    ...REGRESSIONS,
    ...ROUNDING,
    ...SCALARS_AND_VECTORS,
    ...SMOOTHING,
    ...SORTING,
    ...TIME,
    ...TRIGONOMETRY,
  ].map((entry) => [entry.name, entry]),
);
