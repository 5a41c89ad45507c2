import type { Complaint } from './compare.ts';
import { type Answerer, evaluate } from './evaluation.ts';
import { load } from './load.ts';
import { MemoryQuerier } from './memory-querier.ts';
import { parseScript } from './parse-script.ts';
import type { Command, Load } from './script.ts';

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

/** Runs a conformance file from its beginning to its end, each evaluation on what is loaded until then. */
export async function runScript(text: string, engine: Answerer): Promise<Report> {
  const failures: Failure[] = [];
  let passed = 0;
  let store = new MemoryQuerier();
  for (const command of parseScript(text)) {
    if (command.kind === 'clear') store = new MemoryQuerier();
    else if (command.kind === 'unreadable') failures.push(failureOf(command, command.reason));
    else if (command.kind === 'load') {
      const complaint = tryToLoad(store, command);
      if (complaint !== undefined) failures.push(failureOf(command, complaint));
    } else {
      const complaint = await evaluate(engine, store, command);
      if (complaint === undefined) passed++;
      else failures.push({ line: command.line, expression: command.expression, complaint });
    }
  }
  return { passed, failures };
}

function failureOf({ line }: Command, complaint: string): Failure {
  return { line, expression: '', complaint };
}

function tryToLoad(store: MemoryQuerier, command: Load): Complaint {
  try {
    load(store, command);
    return undefined;
  } catch (error) {
    if (error instanceof RangeError) return error.message;
    throw error;
  }
}
