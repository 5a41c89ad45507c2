import assert from 'node:assert/strict';
import test from 'node:test';
import { alertmanagerFunctions } from './alertmanager/functions.ts';
import { expandRuleTemplate } from './prometheus/rule-template.ts';
import { TemplateError } from './template-error.ts';
import { TemplateSet } from './template-set.ts';
import { observedAlertmanager, observedNotification } from './testing/alertmanager-fixture.ts';
import { type ObservedCase, observed } from './testing/fixture.ts';
import { TEST_FUNCTIONS } from './testing/functions.ts';
import { observedPrometheus } from './testing/prometheus-fixture.ts';
import { fromJson, type Json } from './values/from-json.ts';

/** What a template gave: its text, or the message of its error. */
async function outcome(render: () => string | Promise<string>): Promise<string> {
  try {
    return await render();
  } catch (error) {
    if (error instanceof TemplateError) return `error: ${error.message}`;
    throw error;
  }
}

function expected({ output, error }: Pick<ObservedCase, 'output' | 'error'>): string {
  // Go also prints the state in which its escaper is.
  return output ?? `error: ${error?.replace(/(ends in a non-text context): \{.*$/u, '$1')}`;
}

function setOf({ template, missingKey = 'default' }: ObservedCase): TemplateSet {
  return new TemplateSet({ functions: TEST_FUNCTIONS, missingKey }).parse('t', template);
}

const text = observed('text.json');
test(`text/template: ${text.cases.length} templates say what they say in Go`, async () => {
  for (const one of text.cases) {
    const data: Json = one.data ?? text.data;
    const said = await outcome(() => setOf(one).render('t', fromJson(data)));
    assert.equal(said, expected(one), JSON.stringify(one.template));
  }
});

const html = observed('html.json');
test(`html/template: ${html.cases.length} templates are escaped as in Go`, async () => {
  for (const one of html.cases) {
    const said = await outcome(() => setOf(one).renderHtml('t', fromJson(html.data)));
    assert.equal(said, expected(one), JSON.stringify(one.template));
  }
});

const prometheus = observedPrometheus();
test(`Prometheus: ${prometheus.cases.length} templates of rules say what they say there`, async () => {
  const { time, externalUrl, labels, externalLabels, queries } = prometheus;
  const query = async (expression: string) => {
    const series = queries[expression];
    if (series === undefined) throw new Error('no such series');
    return series.map((one, index) => ({ labels: one, value: index + 1 }));
  };
  for (const one of prometheus.cases) {
    const data = { labels, externalLabels, value: one.value ?? prometheus.value };
    const said = await outcome(() =>
      expandRuleTemplate('__alert_Down', one.template, data, { now: time, externalUrl, query }),
    );
    assert.equal(said, expected(one), JSON.stringify(one.template));
  }
});

const alertmanager = observedAlertmanager();
test(`Alertmanager: ${alertmanager.cases.length} templates of notifications say what they say there`, async () => {
  const data = observedNotification(alertmanager);
  const functions = alertmanagerFunctions({ now: Date.UTC(2026, 1, 3), routeLabel: () => '' });
  for (const one of alertmanager.cases) {
    const said = await outcome(() => {
      const set = new TemplateSet({ functions, missingKey: 'zero' }).parse('', one.template);
      return one.html === true ? set.renderHtml('', data) : set.render('', data);
    });
    assert.equal(said, expected(one), JSON.stringify(one.template));
  }
});
