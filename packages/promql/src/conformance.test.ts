import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { createEngine } from './engine.ts';
import { CONFORMANCE_OPTIONS } from './testing/conformance-options.ts';
import { runScript } from './testing/run-script.ts';

const ROOT = resolve(import.meta.dirname, '../../..');

/** Files that are ours, and those of Prometheus where a copy lies beside the project. */
const OWN = join(ROOT, 'conformance/promql');
const ORIGINAL = resolve(ROOT, '../shared/data/promqltest');

for (const folder of [OWN, ORIGINAL]) {
  if (existsSync(folder)) for (const file of filesOf(folder)) testFile(folder, file);
  else test(`conformance files of ${folder}`, { skip: 'the folder is not there' }, () => {});
}

function filesOf(folder: string): string[] {
  return readdirSync(folder).filter((name) => name.endsWith('.test'));
}

function testFile(folder: string, file: string): void {
  test(`conformance: ${file}`, async () => {
    const path = join(folder, file);
    const { passed, failures } = await runScript(
      readFileSync(path, 'utf8'),
      createEngine(CONFORMANCE_OPTIONS),
    );
    const texts = failures.map(
      ({ line, expression, complaint }) => `${path}:${line}: ${expression}\n${complaint}`,
    );
    assert.deepEqual(texts, []);
    assert.ok(passed > 0, 'nothing is evaluated in this file');
  });
}
