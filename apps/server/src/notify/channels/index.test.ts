import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { z } from 'zod';
import { CHANNEL_KINDS } from './index.ts';

const here = import.meta.dirname;
const folders = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory());
const kinds = CHANNEL_KINDS.map(({ kind }) => kind);

test('every folder is a kind, and every kind a folder', () => {
  assert.deepEqual(kinds.toSorted(), folders.map(({ name }) => name).toSorted());
});

test('a kind takes one line in the index beside its import', () => {
  const lines = readFileSync(join(here, 'index.ts'), 'utf8').split('\n');
  for (const kind of kinds) {
    const mentions = lines.filter((line) => new RegExp(`\\b${kind}\\b`).test(line));
    assert.ok(mentions.length <= 2, `${kind} is mentioned in ${mentions.length} lines`);
  }
});

test('nothing outside of its folder knows a kind', () => {
  const files = readdirSync(join(here, '..'), { recursive: true, encoding: 'utf8' }).filter(
    (path) => path.endsWith('.ts') && !path.endsWith('.test.ts') && !path.startsWith('channels/'),
  );
  assert.ok(files.length > 20);
  for (const file of files) {
    const source = readFileSync(join(here, '..', file), 'utf8');
    for (const kind of kinds)
      assert.ok(!source.includes(`'${kind}'`) || isScheme(kind, source), `${file}: ${kind}`);
  }
});

/** `email` is also how a ping may arrive. */
function isScheme(kind: string, source: string): boolean {
  return kind === 'email' && /scheme\w* ===? 'email'/.test(source);
}

test('names are unique under each protocol', () => {
  for (const name of ['kind', 'healthchecks', 'alertmanager', 'title'] as const) {
    const names = CHANNEL_KINDS.map((kind) => kind[name]);
    assert.equal(new Set(names).size, names.length, name);
  }
});

test('the settings of each kind can be shown as a form: each has its words in both languages', () => {
  for (const { kind, settings } of CHANNEL_KINDS) {
    const schema = z.toJSONSchema(settings, { io: 'input' });
    for (const [name, property] of Object.entries(schema.properties ?? {})) {
      assert.ok(typeof property === 'object');
      for (const word of ['title', 'title_fr']) assert.ok(property[word], `${kind}.${name}: no ${word}`);
      const told = [property['description'], property['description_fr']].filter((text) => text !== undefined);
      assert.notEqual(told.length, 1, `${kind}.${name}: a description in one language alone`);
    }
  }
});

test('the settings of each kind are in the manual', () => {
  const manual = readFileSync(join(here, '../../../../../docs/channels.md'), 'utf8');
  for (const { kind, settings } of CHANNEL_KINDS) {
    const [, section = ''] = manual.split(`## ${kind}\n`);
    const [own = ''] = section.split('\n## ');
    for (const name of Object.keys(settings.shape)) assert.ok(own.includes(`\`${name}\``), `${kind}.${name}`);
  }
});
