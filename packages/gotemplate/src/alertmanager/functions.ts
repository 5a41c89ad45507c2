import { HUMANIZE } from '../functions/humanize.ts';
import { MATCH, REPLACE_ALL } from '../functions/regex.ts';
import { ofText, titleWords, toLower, toUpper } from '../functions/text.ts';
import { CallError } from '../template-error.ts';
import { goDuration } from '../time/duration.ts';
import { formatTime } from '../time/layout.ts';
import { parseTime } from '../time/parse-time.ts';
import { between, clockOf, GoTime, goTime, timeOf } from '../time/time.ts';
import { findZone } from '../time/zone.ts';
import { textOf, textsOf } from '../values/argument.ts';
import { type FunctionTable, GoFunction } from '../values/function.ts';
import { safeHtml, safeUrl } from '../values/safe-text.ts';
import { toJson } from '../values/to-json.ts';
import { GoMap, GoSlice, type GoValue, STRING_SLICE } from '../values/value.ts';
import { decodeBase64, encodeBase64 } from './base64.ts';
import { unescapeUrl } from './unescape-url.ts';

/** What the functions of a notification's templates know of the world. */
export interface AlertmanagerEnvironment {
  /** The time of the notification, in milliseconds. */
  readonly now: number;
  /** What a label of the route says; empty where it has none. */
  readonly routeLabel: (name: string) => string;
}

const ANYTHING = { parameters: [], variadic: 'interface {}' };

function dict(values: readonly GoValue[]): GoMap {
  if (values.length % 2 !== 0) throw new CallError('dict requires an even number of arguments');
  const entries = new Map<string, GoValue>();
  for (let at = 0; at < values.length; at += 2) {
    const key = values[at];
    if (typeof key !== 'string') throw new CallError('dict keys must be strings');
    entries.set(key, values[at + 1]);
  }
  return new GoMap(entries);
}

function inZone(name: string, { instant }: GoTime): GoTime {
  const zone = findZone(name);
  if (zone === undefined) throw new CallError(`unknown time zone ${name}`);
  return new GoTime(instant, zone);
}

/** The time of a text, or the year 1 where it says none. */
function toDate(layout: string, text: string): GoTime {
  try {
    return parseTime(layout, text);
  } catch (error) {
    if (error instanceof CallError) return new GoTime(-62_135_596_800_000_000_000n);
    throw error;
  }
}

/** What the templates of Alertmanager's notifications may call. */
export function alertmanagerFunctions({ now, routeLabel }: AlertmanagerEnvironment): FunctionTable {
  const { humanizeDuration } = HUMANIZE;
  return {
    ...TEXTS,
    ...LISTS,
    humanizeDuration,
    match: MATCH,
    reReplaceAll: REPLACE_ALL,
    date: new GoFunction({ parameters: ['string', 'time.Time'] }, ([layout, time]) =>
      formatTime(clockOf(timeOf(time)), textOf(layout)),
    ),
    tz: new GoFunction({ parameters: ['string', 'time.Time'] }, ([name, time]) =>
      inZone(textOf(name), timeOf(time)),
    ),
    now: new GoFunction({ parameters: [] }, () => goTime(now)),
    since: new GoFunction({ parameters: ['time.Time'] }, ([time]) =>
      goDuration(between(goTime(now), timeOf(time))),
    ),
    toDate: new GoFunction({ parameters: ['string', 'string'] }, ([layout, text]) =>
      toDate(textOf(layout), textOf(text)),
    ),
    mustToDate: new GoFunction({ parameters: ['string', 'string'] }, ([layout, text]) =>
      parseTime(textOf(layout), textOf(text)),
    ),
    routeLabels: ofText(routeLabel),
  };
}

const TEXTS: FunctionTable = {
  toUpper: ofText(toUpper),
  toLower: ofText(toLower),
  title: ofText((text) => titleWords(text, 'lower')),
  trimSpace: ofText((text) => text.replace(/^[\s\u0085]+|[\s\u0085]+$/gu, '')),
  safeHtml: ofText(safeHtml),
  safeUrl: ofText(safeUrl),
  urlUnescape: ofText(unescapeUrl),
  base64encode: ofText(encodeBase64),
  base64decode: ofText(decodeBase64),
  join: new GoFunction({ parameters: ['string', '[]string'] }, ([separator, list], meter) => {
    const texts = textsOf(list);
    const between = textOf(separator);
    meter.size(texts.reduce((sum, text) => sum + text.length + between.length, 0));
    return texts.join(between);
  }),
  toJson: new GoFunction({ parameters: ['interface {}'] }, ([value], meter) => toJson(value, meter)),
};

const LISTS: FunctionTable = {
  stringSlice: new GoFunction(
    { parameters: [], variadic: 'string' },
    (texts) => new GoSlice(texts, STRING_SLICE),
  ),
  list: new GoFunction(ANYTHING, (values) => new GoSlice(values)),
  append: new GoFunction(
    { parameters: ['[]interface {}'], variadic: 'interface {}' },
    ([list, ...values]) => new GoSlice([...(list instanceof GoSlice ? list.items : []), ...values]),
  ),
  dict: new GoFunction(ANYTHING, dict),
};
