import assert from 'node:assert/strict';
import test from 'node:test';
import { alertmanagerFunctions } from './alertmanager/functions.ts';
import { checkRuleTemplate, expandRuleTemplate } from './prometheus/rule-template.ts';
import { CallError, TemplateError } from './template-error.ts';
import { TemplateSet } from './template-set.ts';

const NOW = Date.UTC(2026, 0, 2, 3, 4, 5);
const DATA = { labels: { job: 'node' }, externalLabels: {}, value: 2 };

function expand(
  template: string,
  query: (expression: string) => Promise<never[]> = async () => [],
): Promise<string> {
  return expandRuleTemplate('__alert_A', template, DATA, { now: NOW, externalUrl: 'http://a', query });
}

/** Functions that came after the Prometheus that was observed; its documentation says what they do. */
for (const [template, said] of [
  ['{{ now }}', '1.767323045e+09'],
  ['{{ (1800 | toDuration).String }} {{ toDuration 0.5 }}', '30m0s 500ms'],
  ['{{ toDuration 1800 | humanizeDuration }}', '30m 0s'],
  ['{{ parseDuration "-1h" }}', '-3600'],
  ['{{ urlQueryEscape "a b&c" }}', 'a+b%26c'],
] as const)
  test(`Prometheus: ${template}`, async () => assert.equal(await expand(template), said));

test('each query is asked once, however often a template asks it', async () => {
  const asked: string[] = [];
  const said = await expand(
    '{{ range 3 }}{{ len (query "a") }}{{ len (query "b") }}{{ end }}',
    async (expression) => {
      asked.push(expression);
      return [];
    },
  );
  assert.equal(said, '000000');
  assert.deepEqual(asked, ['a', 'b']);
});

test('a query without an answer fails the template with its reason', async () => {
  const failing = async (): Promise<never> => {
    throw new CallError('too many samples');
  };
  await assert.rejects(expand('{{ query "a" }}', failing), /error calling query: too many samples$/);
});

test('a template asks fifty queries at most', async () => {
  await assert.rejects(expand('{{ range 100 }}{{ query (print .) }}{{ end }}'), /exceeded 50 queries$/);
});

test('a template is checked when its rule is loaded', () => {
  checkRuleTemplate('__alert_A', '{{ $labels.job }} {{ humanize $value }}');
  assert.throws(
    () => checkRuleTemplate('__alert_A', '{{ nope }}'),
    (error) => error instanceof TemplateError && error.fault === 'parse',
  );
});

test('Alertmanager: the clock and the labels of the route are handed in', () => {
  const functions = alertmanagerFunctions({ now: NOW, routeLabel: (name) => `<${name}>` });
  const set = new TemplateSet({ functions });
  const said = set
    .parse('t', '{{ now }} {{ since (now.AddDate 0 0 -1) }} {{ routeLabels "team" }}')
    .render('t');
  assert.equal(said, '2026-01-02 03:04:05 +0000 UTC 24h0m0s <team>');
});

test('a later template replaces an earlier one of its name, unless it is empty', () => {
  const set = new TemplateSet().parse('a', '{{define "x"}}1{{end}}').parse('b', '{{define "x"}}2{{end}}');
  assert.equal(set.parse('c', '{{define "x"}} {{end}}').parse('t', '{{template "x"}}').render('t'), '2');
});

test('a text that is no template adds nothing', () => {
  const set = new TemplateSet().parse('t', '1');
  assert.throws(() => set.parse('t', '{{define "t"}}2{{end}}{{nope}}'));
  assert.equal(set.render('t'), '1');
});
