// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { loadConfig } from '../config/load.ts';
import { memorySource } from '../config/memory-source.ts';
import { ConfigError } from '../config/problem.ts';
import { reloadConfig } from '../config/reload.ts';

function load(text: string, env: Record<string, string> = {}) {
  return loadConfig(memorySource({ env, files: { 'vigie.yml': text } }));
}

function documentOf(text: string, env: Record<string, string> = {}): unknown {
  return load(text, env).config.declared?.document;
}

const TCP = 'kind: tcp, settings: {host: a, port: 1}';

/** What is wrong, and all that is said of it. */
// biome-ignore format: one line a case
const BAD: [string, string, string[]][] = [
  ['an unknown kind', 'services:\n  A:\n    kind: redsi', ['3: services.A.kind: is not known; did you mean redis?']],
  ['an unknown field, and one that is missing', 'services:\n  A:\n    kind: tcp\n    intervall: 30s\n    settings:\n      host: a', ['4: services.A.intervall: is not known; did you mean interval?', '5: services.A.settings.port: is missing']],
  ['a duration', 'services:\n  A:\n    kind: tcp\n    grace: 3 minutes\n    settings: {host: a, port: 1}', ['4: services.A.grace: must be a duration such as 30s or 5m, or seconds']],
  ['runs that would overlap', `services:\n  A: {${TCP}, interval: 30s, timeout: 31s}`, ['2: services.A.timeout: is longer than the interval of 30 s: runs would overlap']],
  ['a schedule, and its zone', 'checks:\n  A: {schedule: "* * * *"}\n  B: {schedule: "0 0 * * *", time_zone: Europe/Pariss}', ['2: checks.A.schedule: ', '3: checks.B.time_zone: "Europe/Pariss" is not a known IANA name; did you mean Europe/Paris?']],
  ['a schedule beside a timeout', 'checks:\n  A: {schedule: "* * * * *", timeout: 60}', ['2: checks.A.schedule: cannot be given beside timeout']],
  ['what nobody declares', `services:\n  Redis: {${TCP}}\nchecks:\n  A:\n    depends_on:\n      - Redis\n      - Redsi\n    channels: [none]`, ['7: checks.A.depends_on.1: "Redsi" is no service or check of this file; did you mean Redis?', '8: checks.A.channels.0: "none" is no channel of this file']],
  ['a circle', 'checks:\n  A: {depends_on: [B]}\n  B: {depends_on: [C]}\n  C: {depends_on: [A]}', ['2: checks.A.depends_on: goes round in a circle: A -> B -> C -> A']],
  ['a row that is too long', `checks:\n  A0:\n${Array.from({ length: 22 }, (_, n) => `  A${n + 1}: {depends_on: [A${n}]}\n`).join('')}`, ['22: checks.A20.depends_on: is the end of a row of more than 20 that depend on one another']],
  ['one name for two', `services:\n  A: {${TCP}}\nchecks:\n  A:`, ['4: checks.A: is the name of another service or check']],
  ['one id for two', 'checks:\n  A: {uuid: 5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278}\n  B: {uuid: 5bf66975-d4c7-4bf5-bcc8-b8d8a82ea278}', ['3: checks.B.uuid: is that of another entry']],
  ['a variable that is not set, and what else is wrong', 'channels:\n  A:\n    kind: slack\n    settings:\n      url: ${VIGIE_NONE}\n      language: de', ['5: channels.A.settings.url: the environment variable VIGIE_NONE is not set', '6: channels.A.settings.language: ']],
  ['tenants without anybody', 'tenants:\n  services:', ['1: tenants: needs either a list or from']],
  ['a tenant that would be more than a name', 'tenants:\n  list: [a, "b/c"]', ['2: tenants.list.1: is not 1 to 64 letters, digits, _ . and -, the first a letter or digit']],
  ['a template that is one for all', `tenants:\n  list: [a, b]\n  services:\n    A: {${TCP}}`, ['4: tenants.services.A: must have ${tenant} in its name, or all tenants had the same']],
  ['a template, once and not for each tenant', 'tenants:\n  list: [a, b]\n  checks:\n    "A ${tenant}": {tag: x}', ['4: tenants.checks.A ${tenant}.tag: is not known; did you mean tags?']],
  ['a secret, which is not repeated', 'services:\n  A:\n    kind: redis\n    settings:\n      url: htp://user:hidden@a', ['5: services.A.settings.url: must be an address that begins with redis:// or rediss://']],
  ['anchors that unfold to too much', ['x: &a [1]', ...'bcdefghij'.split('').map((name, index) => `${name}: &${name} [${`*${'abcdefghi'[index]},`.repeat(9)}]`)].map((line, index) => (index === 0 ? `checks:\n  x: &a [1]` : `  ${line}`)).join('\n'), ['nests too deep, or unfolds to too much']],
];

for (const [what, text, wanted] of BAD) {
  test(`refused with file, line, path and reason: ${what}`, () => {
    assert.throws(
      () => load(text),
      (error) => {
        assert.ok(error instanceof ConfigError, String(error));
        for (const [index, line] of wanted.entries()) {
          if (/^\d/.test(line))
            assert.ok(error.message.split('\n')[index]?.startsWith(`vigie.yml:${line}`), error.message);
          else assert.ok(error.message.includes(line), error.message.slice(0, 500));
        }
        if (/^\d/.test(wanted[0] ?? '')) assert.equal(error.problems.length, wanted.length, error.message);
        assert.doesNotMatch(error.message, /hidden/);
        return true;
      },
    );
  });
}

test('variables mean what fits: a number for a port, text for a name of digits', () => {
  const text =
    'checks:\n  A: {name: "${NAME}", timeout: "${EVERY:-5m}", grace: "${GRACE}", manual_resume: "${YES}"}\nservices:\n  B: {kind: tcp, settings: {host: "${HOST:-localhost}", port: "${PORT}"}}';
  const env = { NAME: '2024', GRACE: '90', YES: 'True', PORT: '5432' };
  assert.deepEqual(documentOf(text, env), {
    checks: { A: { name: '2024', timeout: 300, grace: 90, manual_resume: true } },
    services: { B: { kind: 'tcp', settings: { host: 'localhost', port: 5432 } } },
  });
});

test("what others fill in is left alone: the server's secrets, and the tenant", () => {
  const url = 'redis://:${secret:REDIS}@${HOST:-h}/0';
  const text = `services:\n  A: {kind: redis, settings: {url: "${url}"}}\ntenants:\n  list: [a]\n  checks:\n    "Import \${tenant}": {tags: ["\${tenant}"]}`;
  assert.deepEqual(documentOf(text), {
    services: { A: { kind: 'redis', settings: { url: 'redis://:${secret:REDIS}@h/0' } } },
    tenants: { list: ['a'], checks: { 'Import ${tenant}': { tags: ['${tenant}'] } } },
  });
});

test('what is not enabled is as if it were not there, its address unknown and whoever names it', () => {
  const text =
    'channels:\n  S: {kind: slack, enabled: "${SLACK:-false}", settings: {url: "${URL:-}"}}\nchecks:\n  A: {channels: [S]}';
  assert.equal(load(text).config.declared?.file, 'vigie.yml');
  assert.throws(() => load(text, { SLACK: 'true' }), /channels.S.settings.url: must be an http/);
});

test('a file of settings alone declares nothing; a broken reload keeps what was declared', () => {
  assert.equal(load('site_name: X').config.declared, null);
  const { config } = load('checks:\n  A:');
  const broken = memorySource({ files: { 'vigie.yml': 'checks:\n  A: {tmeout: 3}' } });
  const result = reloadConfig(config, broken);
  assert.equal(result.ok, false);
  assert.deepEqual(result.config.declared?.document, { checks: { A: null } });
});
