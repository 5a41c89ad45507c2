/**
 * Runs every test that needs no outside server, after the types and the lint: `node scripts/test.ts [--no-check]`.
 *
 * Most files share a few processes: to load the server takes longer than their tests. Those that start processes,
 * use all cores or wait in real time have one each. The parts run side by side, the longest first; what each said
 * is printed when it is over, and the sums of all at the end.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

interface Part {
  name: string;
  command: string;
  args: readonly string[];
  /** What a run that went well says: one that ended before its end may have ended with 0. */
  mustSay?: RegExp;
}

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const BIN = join(ROOT, 'node_modules/.bin');
/** Parts that run at a time: most wait now and then. */
const AT_A_TIME = availableParallelism() + 1;
/** Processes that share the files which share. */
const SHARES = 4;

const SHARED = [
  'apps/{cli,server}/src/**/*.test.ts',
  'apps/server/test/*.test.ts',
  'apps/web/src/**/*.test.ts',
  'packages/*/src/**/*.test.ts',
];
/** Those with a process of their own, the longest first. */
const ALONE = [
  'apps/server/test/simulation.test.ts',
  'scripts/packages.test.ts',
  'conformance/healthchecks/*.test.ts',
  // They look at the timers of their process, and at the modules that it has loaded.
  'apps/server/src/probes/kinds/kafka/probe.test.ts',
  'apps/server/src/notify/warm-up.test.ts',
  'apps/server/test/command-*.test.ts',
  'scripts/*.test.ts',
  'apps/server/test/{backup,client,clock-step,lost-answer,own-downtime,rescue}.test.ts',
  'conformance/**/*.test.ts',
];

const CHECKS: readonly Part[] = [
  { name: 'types', command: join(BIN, 'tsc'), args: [] },
  { name: 'types of the web UI', command: join(BIN, 'tsc'), args: ['-p', 'apps/web'] },
  { name: 'lint', command: join(BIN, 'biome'), args: ['check', '--error-on-warnings', '.'] },
];

function filesOf(patterns: readonly string[]): string[] {
  const found = patterns.flatMap((pattern) => globSync(pattern, { cwd: ROOT }).sort());
  return [...new Set(found.map((file) => file.split(sep).join('/')))];
}

function testPart(name: string, files: readonly string[]): Part {
  const args = ['--test', '--test-isolation=none', '--test-reporter=spec', ...files];
  return { name, command: process.execPath, args, mustSay: /^ℹ fail 0$/m };
}

/** The files dealt out in turn, so that neighbours, which are alike, end up in different shares. */
function shares(files: readonly string[]): Part[] {
  return Array.from({ length: SHARES }, (_, share) =>
    testPart(
      `share ${share + 1} of ${SHARES}`,
      files.filter((_, i) => i % SHARES === share),
    ),
  );
}

function testParts(): Part[] {
  const alone = filesOf(ALONE);
  const shared = filesOf(SHARED).filter((file) => !alone.includes(file));
  const [longest = '', ...others] = alone;
  return [testPart(longest, [longest]), ...shares(shared), ...others.map((file) => testPart(file, [file]))];
}

/** What `node --test` says of a run, by noun: `ℹ pass 12`. */
type Sums = Map<string, number>;

function addSums(sums: Sums, output: string): void {
  for (const [, noun = '', count] of output.matchAll(
    /^ℹ (tests|suites|pass|fail|cancelled|skipped|todo) (\d+)$/gm,
  ))
    sums.set(noun, (sums.get(noun) ?? 0) + Number(count));
}

/** Runs a part and prints what it said. @returns whether all went well. */
async function runPart({ name, command, args, mustSay }: Part, sums: Sums): Promise<boolean> {
  const from = performance.now();
  const child = spawn(command, args, {
    cwd: ROOT,
    env: { ...process.env, NODE_COMPILE_CACHE: join(ROOT, 'node_modules/.cache/compiled') },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => {
      output += text;
    });
  const [code] = (await once(child, 'close')) as [number | null];
  addSums(sums, output);
  const isWell = code === 0 && (mustSay?.test(output) ?? true);
  const seconds = ((performance.now() - from) / 1000).toFixed(1);
  process.stdout.write(`\n── ${name}: ${isWell ? 'well' : 'FAILED'} after ${seconds} s\n${output}`);
  return isWell;
}

/** Runs the parts, some at a time. @returns the names of those that failed. */
async function runAll(parts: readonly Part[], sums: Sums): Promise<string[]> {
  const waiting = parts.values();
  const failed: string[] = [];
  const runNext = async (): Promise<void> => {
    for (const part of waiting) if (!(await runPart(part, sums))) failed.push(part.name);
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, runNext));
  return failed;
}

const from = performance.now();
const sums: Sums = new Map();
const checks = process.argv.includes('--no-check') ? [] : CHECKS;
const failed = await runAll([...checks, ...testParts()], sums);
console.log(`\n── all parts together, ${((performance.now() - from) / 1000).toFixed(1)} s`);
for (const [noun, count] of sums) console.log(`ℹ ${noun} ${count}`);
for (const name of failed) console.error(`✖ ${name} failed: what it said is above`);
process.exitCode = failed.length === 0 ? 0 : 1;
