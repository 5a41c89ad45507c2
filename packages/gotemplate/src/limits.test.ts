import assert from 'node:assert/strict';
import test from 'node:test';
import { alertmanagerFunctions } from './alertmanager/functions.ts';
import { TemplateError } from './template-error.ts';
import { TemplateSet } from './template-set.ts';

const functions = alertmanagerFunctions({ now: 0, routeLabel: () => '' });

function refuses(name: string, template: string, message: RegExp): void {
  test(name, () => {
    assert.throws(
      () => new TemplateSet({ functions }).parse('t', template).render('t'),
      (error) => error instanceof TemplateError && error.fault === 'limit' && message.test(error.message),
    );
  });
}

const DOUBLED = '{{$x := "abcdefgh"}}{{range 40}}{{$x = printf "%s%s" $x $x}}{{end}}';
const NESTED = '{{$x := list 1}}{{range 300}}{{$x = list $x}}{{end}}';

refuses('a range without end stops at the steps', '{{range 1000000000}}{{end}}', /exceeded 200000 steps$/);
refuses(
  'an output stops at its bytes',
  '{{range 10000}}{{printf "%1000d" .}}{{end}}',
  /output exceeds \d+ bytes$/,
);
refuses('a value that doubles stops at its bytes', DOUBLED, /a value exceeds \d+ bytes$/);
refuses(
  'templates that call themselves stop',
  '{{define "a"}}{{template "a"}}{{end}}{{template "a"}}',
  /maximum template depth \(200\)$/,
);
refuses('a width beyond all outputs is none', '{{printf "%9999999d" 1}}', /a value exceeds/);
refuses('a list of lists of lists is not printed without end', `${NESTED}{{$x}}`, /nested deeper than 100$/);
refuses('nor written as JSON', `${NESTED}{{toJson $x}}`, /nested deeper than 100$/);
refuses(
  'a list that contains itself twice stops',
  '{{$x := list 1}}{{range 60}}{{$x = list $x $x}}{{end}}{{$x}}',
  /exceeded 200000 steps$/,
);
refuses(
  'a replacement that grows stops',
  '{{$x := printf "%99999s" ""}}{{$x = reReplaceAll " " $x $x}}{{len $x}}',
  /a value exceeds/,
);
refuses(
  'joined texts stop',
  '{{$x := printf "%999999s" ""}}{{join $x (stringSlice $x $x $x $x $x)}}',
  /a value exceeds/,
);
refuses(
  'parentheses are not nested without end',
  `{{${'('.repeat(5000)}1${')'.repeat(5000)}}}`,
  /nested deeper than 200$/,
);
refuses('nor are branches', `${'{{if 1}}'.repeat(5000)}${'{{end}}'.repeat(5000)}`, /nested deeper than 200$/);
refuses(
  'work on long texts counts',
  '{{$x := printf "%999999s" ""}}{{range 1000}}{{$y := len $x}}{{end}}',
  /exceeded 200000 steps$/,
);
refuses(
  'and so does that of expressions',
  '{{$x := printf "%999999s" ""}}{{match (printf "%999s(a|b)*$" "") $x}}',
  /exceeded 200000 steps$/,
);

refuses(
  'branches in templates that call themselves stop',
  `{{define "a"}}${'{{with .}}'.repeat(190)}{{template "a" .}}${'{{end}}'.repeat(190)}{{end}}{{template "a" 1}}`,
  /nested too deeply$|maximum template depth/,
);

test('a limit can be set, and says where it was reached', () => {
  const set = new TemplateSet({ limits: { bytes: 8 } }).parse('t', 'abc\n  {{"def"}}');
  assert.throws(() => set.render('t'), {
    message: 'template: t:2:4: executing "t" at <{{"def"}}>: output exceeds 8 bytes',
  });
});

test('the bytes of an output are those of UTF-8', () => {
  const set = new TemplateSet({ limits: { bytes: 9 } });
  assert.equal(set.parse('t', 'é☃😀').render('t'), 'é☃😀');
  assert.throws(() => set.parse('t', 'é☃😀.').render('t'), /output exceeds 9 bytes/);
});
