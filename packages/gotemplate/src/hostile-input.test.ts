import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { alertmanagerFunctions } from './alertmanager/functions.ts';
import { prometheusFunctions } from './prometheus/functions.ts';
import { TemplateError } from './template-error.ts';
import { TemplateSet } from './template-set.ts';
import { fromJson } from './values/from-json.ts';

const functions = {
  ...prometheusFunctions({
    now: 0,
    externalUrl: 'http://a/b',
    query: () => [{ labels: { a: 'b' }, value: 1 }],
  }),
  ...alertmanagerFunctions({ now: 0, routeLabel: () => '' }),
};
const DATA = fromJson({ a: 'text', b: [1, null, 'x', { c: 2 }], m: { a: 'b' }, n: 1.5 });

/** Pieces that templates are made of, so that chance gets beyond the first brace. */
const PIECES = [
  ...[
    '{{',
    '}}',
    '{{-',
    ' -}}',
    ' ',
    '\n',
    '(',
    ')',
    '|',
    ',',
    '.',
    '$',
    '$x',
    ':=',
    '=',
    '"',
    '`',
    "'",
    '\\',
  ],
  ...[
    '.a',
    '.b',
    '.m',
    '.n.a',
    '1',
    '-1',
    '1.5',
    '1e999',
    '0x',
    '"%d"',
    '"%-*.*[3]v"',
    '"a"',
    'nil',
    'true',
    "'é'",
  ],
  ...['if', 'else', 'end', 'range', 'with', 'define "d"', 'template "d"', 'block "e"', 'break', 'continue'],
  ...[
    '<a href="',
    '<script>',
    '</script>',
    '<style>',
    '/*',
    '*/',
    '<!--',
    '-->',
    '\0',
    '\ud800',
    '☃',
    '>',
    '/',
  ],
  ...Object.keys(functions),
  ...['printf', 'print', 'index', 'slice', 'len', 'eq', 'lt', 'and', 'or', 'call', 'html', 'js', 'urlquery'],
];
const SOUP = fc.array(fc.constantFrom(...PIECES), { maxLength: 30 }).map((pieces) => pieces.join(''));
/** One action of random words: most of these parse. */
const ACTIONS = fc
  .array(
    fc
      .array(fc.constantFrom(...PIECES.slice(19)), { minLength: 1, maxLength: 6 })
      .map((words) => `{{${words.join(' ')}}}`),
    { maxLength: 6 },
  )
  .map((actions) => actions.join('x'));

function survives(template: string): void {
  const set = new TemplateSet({ functions, missingKey: 'zero', limits: { steps: 2000, bytes: 100_000 } });
  for (const render of [() => set.render('t', DATA), () => set.renderHtml('t', DATA)])
    try {
      set.parse('t', template);
      render();
    } catch (error) {
      assert.ok(error instanceof TemplateError, `${JSON.stringify(template)}: ${error}`);
    }
}

test('a template of anything says something or says what is wrong', () => {
  fc.assert(fc.property(SOUP, survives), { numRuns: 3000 });
  fc.assert(fc.property(ACTIONS, survives), { numRuns: 3000 });
  fc.assert(fc.property(fc.string({ unit: 'binary', maxLength: 200 }), survives), { numRuns: 1000 });
});

test('names of JavaScript are no names of templates', () => {
  const set = new TemplateSet({ functions });
  assert.throws(() => set.parse('t', '{{constructor}}'), /function "constructor" not defined/);
  assert.equal(set.parse('t', '{{.constructor}} {{.m.toString}}').render('t', DATA), '<no value> <no value>');
  assert.throws(
    () => set.parse('t', '{{now.constructor}}').render('t', DATA),
    /can't evaluate field constructor/,
  );
});

test('values that cannot be written are an error of the template', () => {
  const set = new TemplateSet({ functions });
  const late = '{{$t := now}}{{range 2000}}{{$t = $t.Add 9000000000000000000}}{{end}}';
  const said = { name: 'TemplateError', message: /time is out of range$/ };
  assert.throws(() => set.parse('t', `${late}{{$t}}`).render('t'), said);
  assert.throws(() => set.parse('t', `${late}<script>{{$t}}</script>`).renderHtml('t'), said);
});
