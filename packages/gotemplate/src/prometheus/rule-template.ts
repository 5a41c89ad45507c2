import type { Limits } from '../limits.ts';
import { CallError, TemplateError } from '../template-error.ts';
import { TemplateSet } from '../template-set.ts';
import type { GoType } from '../values/go-type.ts';
import { ANY, type GoStruct, type GoValue, stringMap, struct } from '../values/value.ts';
import { type PrometheusEnvironment, prometheusFunctions } from './functions.ts';
import type { QueriedSample } from './samples.ts';

/** What a label or an annotation of an alerting rule can say. */
export interface RuleData {
  readonly labels: Readonly<Record<string, string>>;
  readonly externalLabels: Readonly<Record<string, string>>;
  /** The value of the element: a float, or the text of a histogram. */
  readonly value: number | string;
}

/** What Prometheus puts before every template of a rule; columns in messages count it. */
const VARIABLES =
  '{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$externalURL := .ExternalURL}}{{$value := .Value}}';
/** Queries of one template: each runs it once more. */
const MOST_QUERIES = 50;

const DATA: GoType<GoStruct> = {
  name: `struct { Labels map[string]string; ExternalLabels map[string]string; ExternalURL string; Value ${ANY} }`,
};

/** Stops an execution at a query whose answer is not known yet. */
class Unanswered extends Error {
  readonly expression: string;

  constructor(expression: string) {
    super(expression);
    this.expression = expression;
  }
}

/** Says why a template of a rule is none, when the rule is loaded. @throws {TemplateError} */
export function checkRuleTemplate(name: string, text: string): void {
  const environment = { now: 0, externalUrl: '', query: () => [] };
  const functions = prometheusFunctions(environment);
  new TemplateSet({ functions, missingKey: 'zero' }).parse(name, VARIABLES + text);
}

export interface RuleEnvironment extends Omit<PrometheusEnvironment, 'query'> {
  /**
   * Answers an expression at the time of the evaluation.
   * @throws {CallError} why it has no answer.
   */
  readonly query: (expression: string) => Promise<readonly QueriedSample[]>;
  readonly limits?: Partial<Limits>;
}

/**
 * What a label or an annotation says about an alert. Where it asks queries, it is executed again with each answer: it
 * can say nothing else then, as its time stands still.
 * @param name as messages call it: Prometheus says `__alert_` and the name of the alert.
 * @throws {TemplateError} as Prometheus words it between `<error expanding template: ` and `>`.
 */
export async function expandRuleTemplate(
  name: string,
  text: string,
  data: RuleData,
  environment: RuleEnvironment,
): Promise<string> {
  const answers = new Map<string, readonly QueriedSample[] | Error>();
  for (;;) {
    try {
      return render(name, text, data, environment, answers);
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      if (answers.size === MOST_QUERIES)
        throw new TemplateError('limit', `template: ${name}: exceeded ${MOST_QUERIES} queries`);
      answers.set(error.expression, await answer(environment, error.expression));
    }
  }
}

async function answer(
  { query }: RuleEnvironment,
  expression: string,
): Promise<readonly QueriedSample[] | Error> {
  try {
    return await query(expression);
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error));
  }
}

function render(
  name: string,
  text: string,
  data: RuleData,
  { now, externalUrl, limits = {} }: RuleEnvironment,
  answers: ReadonlyMap<string, readonly QueriedSample[] | Error>,
): string {
  const query = (expression: string): readonly QueriedSample[] => {
    const known = answers.get(expression);
    if (known === undefined) throw new Unanswered(expression);
    if (known instanceof Error) throw new CallError(known.message);
    return known;
  };
  const functions = prometheusFunctions({ now, externalUrl, query });
  const set = new TemplateSet({ functions, missingKey: 'zero', limits });
  try {
    return set.parse(name, VARIABLES + text).render(name, dataOf(data, externalUrl));
  } catch (error) {
    if (!(error instanceof TemplateError)) throw error;
    const doing = error.fault === 'parse' ? 'parsing' : 'executing';
    throw new TemplateError(error.fault, `error ${doing} template ${name}: ${error.message}`);
  }
}

function dataOf({ labels, externalLabels, value }: RuleData, externalUrl: string): GoValue {
  return struct(DATA, {
    Labels: stringMap(labels),
    ExternalLabels: stringMap(externalLabels),
    ExternalURL: externalUrl,
    Value: value,
  });
}
