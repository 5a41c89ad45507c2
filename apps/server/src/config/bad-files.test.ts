// biome-ignore-all lint/suspicious/noTemplateCurlyInString: references are what is tested
import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { loadConfig } from './load.ts';
import { memorySource } from './memory-source.ts';
import { ConfigError } from './problem.ts';

const FOLDER = new URL('testdata/', import.meta.url);

/** Each file of `testdata` and all that is said of it. The word "hidden" stands for secrets. */
// biome-ignore format: one line a file
const CASES: [string, string][] = [
  ['anchor-loop', 'vigie.yml:1: allowed_hosts=***: must be a value or a list of values'],
  ['anchor-unknown', 'vigie.yml:2: mail.url=***: a value that begins with * names an anchor that does not exist; put such text in quotes'],
  ['array-of-lists', 'vigie.yml:1: trusted_proxies=***: must be a value or a list of values'],
  ['boolean', 'vigie.yml:1: registration_open=3: must be true or false (or yes, no, on, off, 1, 0)'],
  ['choice', 'vigie.yml:1: log_level="loud": must be one of trace, debug, info, warn, error, fatal, silent'],
  ['duplicate-name', 'vigie.yml:2: the same name is given twice in one section'],
  ['duration', 'vigie.yml:2: retention.flips="93 days": must be a duration such as 12h or 93d (units s, m, h, d, w, y; at most 100y)'],
  ['escape', 'vigie.yml:1: unknown escape after \\ in double quotes; double the \\ or use single quotes'],
  ['indentation', 'vigie.yml:3: wrong indentation'],
  ['integer', 'vigie.yml:2: ping.log_limit=1.5: must be a whole number from 1 to 1000000'],
  ['list-item', 'vigie.yml:1: trusted_proxies=["10.0.0.0/8","proxy.example"]: holds "proxy.example", which is none of: IP addresses, CIDR ranges, loopback'],
  ['missing-colon', 'vigie.yml:1: must hold settings as "name: value" lines'],
  ['missing-quote', 'vigie.yml:2: a character is missing: a colon, comma, quote or bracket'],
  ['no-section', 'vigie.yml:1: listen=***: must be a section of settings'],
  ['not-settings', 'vigie.yml:1: must hold settings as "name: value" lines'],
  ['nothing-but-text', 'vigie.yml:1: must hold settings as "name: value" lines'],
  ['password-number', 'vigie.yml:3: admin.password=***: must be text of 8 to 1000 characters: put it in quotes'],
  ['reference-broken', 'vigie.yml:1: site_name=***: holds a ${ that is not ${NAME} or ${NAME:-default}; write $${ for ${ itself'],
  ['reference-name', 'vigie.yml:1: site_name=***: holds a ${ that is not ${NAME} or ${NAME:-default}; write $${ for ${ itself'],
  ['reference-unset', 'vigie.yml:1: secret_key=***: the environment variable VIGIE_TEST_UNSET is not set'],
  ['reserved-character', 'vigie.yml:1: a value begins with a reserved character (@ or `); put such text in quotes'],
  ['second-colon', 'vigie.yml:1: a value holds a second ": "; put such text in quotes'],
  ['second-document', 'vigie.yml:2: a second document begins (---); the file must be one'],
  ['secret-file-absent', 'vigie.yml:1: secret_key_file="/run/none": cannot read the file: no such file'],
  ['secret-number', 'vigie.yml:2: project.api_key=***: must be exactly 32 characters, without spaces'],
  ['secret-twice', 'vigie.yml:1: metrics_key=***: metrics_key_file is given too; keep one of the two'],
  ['secret-value', 'vigie.yml:2: mail.url=***: must be smtp:// or smtps:// with [user:password@]host[:port]'],
  ['section-for-value', 'vigie.yml:1: base_url=***: must be a value or a list of values'],
  ['tab', 'vigie.yml:2: a tab in the indentation; use spaces'],
  ['tag', 'vigie.yml:2: a value begins with !; put such text in quotes'],
  ['text-number', 'vigie.yml:1: site_name=2024: must be text of at most 100 characters: put it in quotes'],
  ['unexpected', 'vigie.yml:2: wrong indentation\nvigie.yml:2: not valid YAML (UNEXPECTED_TOKEN)'],
  ['unknown-in-section', 'vigie.yml:2: listen.prot: unknown setting; did you mean listen.port?'],
  ['unknown-long', 'vigie.yml:1: "ab\\nxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...": unknown setting'],
  ['unknown-setting', 'vigie.yml:1: prot: unknown setting; did you mean listen.port?'],
  ['unknown-similar', 'vigie.yml:1: site_nmae: unknown setting; did you mean site_name?'],
  ['url', 'vigie.yml:1: base_url="vigie.example": must be an http:// or https:// URL without user, query and fragment'],
];

for (const [name, message] of CASES) {
  test(`${name}.bad.yml is refused with its line and reason`, () => {
    const text = readFileSync(new URL(`${name}.bad.yml`, FOLDER), 'utf8');
    assert.throws(
      () => loadConfig(memorySource({ files: { 'vigie.yml': text } })),
      (error) => {
        assert.ok(error instanceof ConfigError);
        assert.equal(error.message, message);
        assert.doesNotMatch(error.message, /hidden/);
        return true;
      },
    );
  });
}

test('every bad file is in the table', () => {
  const files = readdirSync(FOLDER).map((file) => file.replace('.bad.yml', ''));
  assert.deepEqual(files.sort(), CASES.map(([name]) => name).sort());
});
