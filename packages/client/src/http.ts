/** One call over HTTP, with bounds. */

export interface Call {
  method: string;
  url: string;
  headers?: Record<string, string>;
  body?: string;
  /** Whether an answer that points elsewhere is followed there, unless told otherwise. */
  redirect?: 'follow' | 'manual';
  /** Milliseconds for all of it. */
  timeout: number;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
}

/** Characters of an answer that are read; a list of ten thousand checks has a tenth of that. */
const LONGEST_ANSWER = 100_000_000;

/** No answer came; the message says why. */
export class Unreachable extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'Unreachable';
  }
}

/** @throws Unreachable when no whole answer comes in time. */
export async function call({ timeout, url, ...init }: Call): Promise<Answer> {
  try {
    const response = await fetch(url, { ...init, signal: AbortSignal.timeout(timeout) });
    return { status: response.status, headers: response.headers, text: await textOf(response) };
  } catch (error) {
    throw new Unreachable(`${new URL(url).origin} does not answer: ${reasonOf(error)}`);
  }
}

async function textOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  for (let text = ''; ; ) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done || value === undefined) return text + decoder.decode();
    text += decoder.decode(value, { stream: true });
    if (text.length > LONGEST_ANSWER) {
      await reader?.cancel();
      throw new Error(`it says more than ${LONGEST_ANSWER} characters`);
    }
  }
}

/** What went wrong in words: undici hides it in the cause. */
export function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const { cause } = error;
  if (cause instanceof Error && cause !== error) return cause.message || cause.name;
  return error.message || error.name;
}

/** Whether this runs in the page or a worker of a browser, where an address of another origin is foreign. */
export function isForeign(url: string): boolean {
  if (!('document' in globalThis || 'WorkerGlobalScope' in globalThis)) return false;
  const here: unknown = Reflect.get(globalThis, 'location');
  if (typeof here !== 'object' || here === null || !('origin' in here)) return false;
  return new URL(url).origin !== here.origin;
}
