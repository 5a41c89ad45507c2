import type { Complaint } from './compare.ts';
import { type Answerer, evaluate } from './evaluation.ts';
import { load } from './load.ts';
import { MemoryQuerier } from './memory-querier.ts';
import { parseScript } from './parse-script.ts';
import { type Evaluation, ScriptError } from './script.ts';

/** Something in a conformance file that is not as it says. */
export interface Failure {
  readonly line: number;
  /** The expression; empty when it is the file itself that is wrong. */
  readonly expression: string;
  readonly complaint: string;
}

export interface Report {
  readonly passed: number;
  readonly failures: readonly Failure[];
}

/**
 * Runs a conformance file from its beginning to its end, each evaluation on what is loaded until then.
 * @param isMeant which evaluations are to be asked.
 */
export async function runScript(
  text: string,
  engine: Answerer,
  isMeant: (evaluation: Evaluation) => boolean = () => true,
): Promise<Report> {
  const failures: Failure[] = [];
  let passed = 0;
  let store = new MemoryQuerier();
  try {
    for (const command of parseScript(text)) {
      if (command.kind === 'clear') store = new MemoryQuerier();
      else if (command.kind === 'load') onLine(command.line, () => load(store, command));
      else if (isMeant(command)) {
        const complaint: Complaint = await evaluate(engine, store, command);
        if (complaint === undefined) passed++;
        else failures.push({ line: command.line, expression: command.expression, complaint });
      }
    }
  } catch (error) {
    if (!(error instanceof ScriptError)) throw error;
    failures.push({ line: error.line, expression: '', complaint: error.message });
  }
  return { passed, failures };
}

function onLine(line: number, act: () => void): void {
  try {
    act();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ScriptError(line, error.message);
  }
}
