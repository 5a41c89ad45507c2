import { readFileSync } from 'node:fs';
import { createEngine } from '../engine.ts';
import { CONFORMANCE_OPTIONS } from './conformance-options.ts';
import { type Report, runScript } from './run-script.ts';

/**
 * `npm run promqltest -- FILE...`: runs conformance files and says what is not as they say. Exit code 1 when
 * anything is not, or a file cannot be read.
 */
async function main(files: readonly string[]): Promise<void> {
  const engine = createEngine(CONFORMANCE_OPTIONS);
  let passed = 0;
  let failed = 0;
  for (const file of files) {
    const report = await reportOf(file, (text) => runScript(text, engine));
    passed += report.passed;
    failed += report.failures.length;
    for (const { line, expression, complaint } of report.failures)
      console.log(`${file}:${line}: ${expression}\n${complaint.replace(/^/gm, '    ')}\n`);
  }
  console.log(`${passed} passed, ${failed} failed`);
  if (failed > 0 || files.length === 0) process.exitCode = 1;
}

/** A file that cannot be read, or has nothing to ask, is a failure of its own: it must not pass for a good one. */
async function reportOf(file: string, run: (text: string) => Promise<Report>): Promise<Report> {
  const failed = (complaint: string): Report => ({
    passed: 0,
    failures: [{ line: 0, expression: '', complaint }],
  });
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    return failed(error instanceof Error ? error.message : String(error));
  }
  const report = await run(text);
  return report.passed + report.failures.length === 0 ? failed('nothing is evaluated in this file') : report;
}

await main(process.argv.slice(2));
