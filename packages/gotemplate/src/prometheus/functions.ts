import { escapeQuery } from '../builtins/escape.ts';
import { HUMANIZE, inNanoseconds, ofNumber, timeOfSeconds } from '../functions/humanize.ts';
import { MATCH, REPLACE_ALL } from '../functions/regex.ts';
import { ofText, titleWords, toLower, toUpper } from '../functions/text.ts';
import { goDuration } from '../time/duration.ts';
import { textOf } from '../values/argument.ts';
import { type FunctionTable, GoFunction } from '../values/function.ts';
import { safeHtml } from '../values/safe-text.ts';
import { GoMap } from '../values/value.ts';
import { stripDomain, stripPort } from './host.ts';
import { parseDuration } from './parse-duration.ts';
import { type QueriedSample, queryResult, SAMPLES } from './samples.ts';

/** What the functions of a rule's templates know of the world. */
export interface PrometheusEnvironment {
  /** The time of the evaluation, in milliseconds. */
  readonly now: number;
  /** Where users reach the server. */
  readonly externalUrl: string;
  /**
   * Answers an expression at the time of the evaluation.
   * @throws {CallError} why it has no answer.
   */
  readonly query: (expression: string) => readonly QueriedSample[];
}

function graphUrl(tab: 0 | 1): GoFunction {
  return ofText((expression) => `/graph?g0.expr=${escapeQuery(expression)}&g0.tab=${tab}`);
}

function pathOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/?#]*([^?#]*)/iu.exec(url)?.[1] ?? '';
}

/** What the templates of Prometheus' rules may call. */
export function prometheusFunctions({ now, externalUrl, query }: PrometheusEnvironment): FunctionTable {
  return {
    ...HUMANIZE,
    ...SAMPLES,
    query: new GoFunction({ parameters: ['string'] }, ([expression]) =>
      queryResult(query(textOf(expression))),
    ),
    toTime: ofNumber(timeOfSeconds),
    toDuration: ofNumber((seconds) => goDuration(inNanoseconds(seconds, 'duration'))),
    now: new GoFunction({ parameters: [] }, () => now / 1000),
    parseDuration: ofText(parseDuration),
    title: ofText((text) => titleWords(text, 'kept')),
    toUpper: ofText(toUpper),
    toLower: ofText(toLower),
    match: MATCH,
    reReplaceAll: REPLACE_ALL,
    safeHtml: ofText(safeHtml),
    stripPort: ofText(stripPort),
    stripDomain: ofText(stripDomain),
    graphLink: graphUrl(0),
    tableLink: graphUrl(1),
    urlQueryEscape: ofText(escapeQuery),
    externalURL: new GoFunction({ parameters: [] }, () => externalUrl),
    pathPrefix: new GoFunction({ parameters: [] }, () => pathOf(externalUrl)),
    args: new GoFunction(
      { parameters: [], variadic: 'interface {}' },
      (values) => new GoMap(new Map(values.map((value, index) => [`arg${index}`, value]))),
    ),
  };
}
