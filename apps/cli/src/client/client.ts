/** Calls of a running server's native API. */

/** A failure that is told in one line: the server's own words, or why it was not reached. */
export class ClientError extends Error {
  /** What the server answered; null where it did not. */
  readonly status: number | null;

  constructor(message: string, status: number | null = null) {
    super(message);
    this.name = 'ClientError';
    this.status = status;
  }
}

export interface ClientOptions {
  /** Where the server listens, without a trailing slash. */
  url: string;
  /** An API key, or null where the server lets everybody in. */
  key: string | null;
}

export interface Client {
  /**
   * `path` follows `/api/vigie`; `patience`: milliseconds for the answer, where it may take longer than usual.
   * @throws ClientError for anything but a success.
   */
  call<T>(method: string, path: string, body?: unknown, patience?: number): Promise<T>;
}

/** Milliseconds that an answer may take. */
const TIMEOUT = 30_000;

export function createClient({ url, key }: ClientOptions): Client {
  return {
    async call<T>(method: string, path: string, body?: unknown, patience = TIMEOUT): Promise<T> {
      const response = await send({ url, method, path, key, body, patience });
      const text = await response.text();
      if (!response.ok) throw new ClientError(reasonIn(response.status, text), response.status);
      return (text === '' ? undefined : JSON.parse(text)) as T;
    },
  };
}

interface Sent extends ClientOptions {
  method: string;
  path: string;
  body: unknown;
  patience: number;
}

async function send({ url, method, path, key, body, patience }: Sent): Promise<Response> {
  try {
    return await fetch(`${url}/api/vigie${path}`, {
      method,
      headers: {
        ...(key === null ? {} : { 'X-Api-Key': key }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      signal: AbortSignal.timeout(patience),
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch (error) {
    throw new ClientError(
      `${url} cannot be reached (--url or VIGIE_URL names the server): ${causeOf(error)}`,
    );
  }
}

/** Why a request failed, in the words of what is beneath it. */
export function causeOf(error: unknown): string {
  const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return cause instanceof Error ? cause.message : String(cause);
}

/** The server's sentence; of what is no answer of Vigie's, the status alone. */
function reasonIn(status: number, text: string): string {
  try {
    const { error } = JSON.parse(text) as { error: { message: string; field: string | null } };
    return error.field === null ? error.message : `${error.field}: ${error.message}`;
  } catch {
    return `the server answered ${status}, and not as Vigie does: is the URL right?`;
  }
}
