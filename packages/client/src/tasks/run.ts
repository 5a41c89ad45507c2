/** One run of a job under observation. */
import type { Client } from '../client.ts';
import { Patience } from '../patience.ts';
import type { Kind, Target } from '../report.ts';
import { newUuid } from '../uuid.ts';
import { errorText } from './body.ts';

/** What a run came to. */
export interface Verdict {
  kind: Kind;
  body: string;
}

export interface Observation<T> {
  client: Client;
  /** null = nobody is told; the run is judged even so. */
  check: Target | null;
  /** Whether its begin is reported too. */
  autoStart: boolean;
  /** Judges a run that came to its end, after so many milliseconds. Must not throw. */
  judge(result: T, took: number): Verdict | Promise<Verdict>;
  /** Judges a run that threw: a failure with the error's text, unless this says otherwise. Must not throw. */
  judgeError?(error: unknown, took: number): Verdict;
}

/** Of the time a job waits for its monitoring, what its begin may take. */
const START_SHARE = 0.5;

/** Runs the job, reports it, and gives what the job gives: its result or its error. */
export async function observe<T>(observation: Observation<T>, job: () => T | Promise<T>): Promise<T> {
  const { client, check, autoStart, judge } = observation;
  const judgeError = observation.judgeError ?? failed;
  const patience = new Patience();
  const rid = newUuid();
  const tell = async ({ kind, body }: Verdict, share = 1): Promise<void> => {
    if (check !== null)
      await patience.wait(client.report(check, kind, autoStart ? { rid, body } : { body }), undefined, share);
  };
  if (autoStart) await tell({ kind: 'start', body: '' }, START_SHARE);
  const began = performance.now();
  let result: T;
  try {
    result = await job();
  } catch (error) {
    await tell(judgeError(error, performance.now() - began));
    throw error;
  }
  await tell(await judge(result, performance.now() - began));
  return result;
}

function failed(error: unknown): Verdict {
  return { kind: 'fail', body: errorText(error) };
}
