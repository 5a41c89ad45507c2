import { CallError } from '../template-error.ts';
import { goDuration } from '../time/duration.ts';
import { GoTime, MONTH, timeOf } from '../time/time.ts';
import { findZone } from '../time/zone.ts';
import { intOf, textOf } from '../values/argument.ts';
import { type FunctionTable, GoFunction } from '../values/function.ts';
import { safeHtml } from '../values/safe-text.ts';
import { GoNamed, GoSlice, STRING_SLICE, stringMap } from '../values/value.ts';

const UPPER = new GoFunction({ parameters: ['string'] }, ([text]) => textOf(text).toUpperCase());

/** The functions that `conformance/gotemplate/generate/main.go` gives its templates. */
export const TEST_FUNCTIONS: FunctionTable = {
  upper: UPPER,
  half: new GoFunction({ parameters: ['float64'] }, ([value]) => Number(value) / 2),
  plus: new GoFunction({ parameters: ['int', 'int'] }, ([a, b]) => intOf(a) + intOf(b)),
  words: new GoFunction({ parameters: [], variadic: 'string' }, (words) => new GoSlice(words, STRING_SLICE)),
  labels: new GoFunction({ parameters: [] }, () => stringMap({ job: 'node', dc: 'eu' })),
  refuse: new GoFunction({ parameters: [] }, () => {
    throw new CallError('refused');
  }),
  typed: new GoFunction({ parameters: ['interface {}'] }, ([value]) => value),
  minutes: new GoFunction({ parameters: ['int'] }, ([count]) => goDuration(intOf(count) * 60_000_000_000n)),
  month: new GoFunction({ parameters: ['int'] }, ([count]) => new GoNamed(MONTH, intOf(count))),
  upperer: new GoFunction({ parameters: [] }, () => UPPER),
  safeHtml: new GoFunction({ parameters: ['string'] }, ([text]) => safeHtml(textOf(text))),
  time: new GoFunction(
    { parameters: ['int'] },
    ([seconds]) => new GoTime(intOf(seconds) * 1_000_000_000n + 500_000_000n),
  ),
  zone: new GoFunction({ parameters: ['string', 'time.Time'] }, ([name, time]) => {
    const zone = findZone(textOf(name));
    if (zone === undefined) throw new CallError(`unknown time zone ${textOf(name)}`);
    return new GoTime(timeOf(time).instant, zone);
  }),
};
