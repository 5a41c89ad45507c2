import type { Client } from '../client.ts';
import { defaultClient } from '../default-client.ts';
import type { NamedTarget, Target } from '../report.ts';
import { textOf } from './body.ts';

/** Which check a job reports to, and how. */
export interface TaskOptions {
  /** The UUID of the check. */
  checkId?: string | undefined;
  /** Its name, where there is no UUID: the check is found, or made. */
  checkName?: string;
  /** Whether the begin of each run is reported; yes unless told otherwise. */
  autoStart?: boolean;
  /** What of the result goes into the ping's body: all of it as text unless told otherwise, nothing with `false`. */
  output?: false | ((result: unknown) => string);
  /** For a new check. Words with blanks between them. */
  tags?: string;
  /** For a new check. */
  desc?: string;
  /** The client of the environment unless told otherwise. */
  client?: Client;
}

/** The check that is meant; null, and a warning, where none is. */
export function targetOf(
  { checkId, checkName, tags, desc }: Omit<TaskOptions, 'output'>,
  client: Client,
  job: string,
  declared?: NamedTarget['declared'],
): Target | null {
  const id = checkId?.trim().toLowerCase() ?? '';
  if (id !== '') return { id };
  if (checkName !== undefined && checkName !== '') {
    return {
      name: checkName,
      ...(declared === undefined ? {} : { declared }),
      tags: tags ?? 'auto-created',
      desc: desc ?? '',
    };
  }
  client.warn(`${job === '' ? 'a job' : job} names no check: it is not monitored`);
  return null;
}

export function clientOf({ client }: Pick<TaskOptions, 'client'>): Client {
  return client ?? defaultClient();
}

/** The text of a result, as the options want it. A function of theirs that throws says nothing. */
export function outputOf(output: TaskOptions['output'], result: unknown, client: Client): string {
  if (output === false) return '';
  if (output === undefined) return textOf(result);
  try {
    return String(output(result));
  } catch (error) {
    client.warn(`the output of a job is not reported: ${error}`);
    return '';
  }
}
