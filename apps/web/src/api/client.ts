import type { ErrorBody, ErrorCode } from '@vigie/contract';
import { BASE_PATH } from './base-path.ts';

/** Why a call failed, as the server says it; `offline` when it could not be reached. */
export class ApiError extends Error {
  readonly status: number;
  readonly code: ErrorCode | 'offline';
  /** The offending input, where there is one. */
  readonly field: string | null;
  /** All that the server said about it. */
  readonly detail: Readonly<Record<string, unknown>>;

  constructor(status: number, error: ErrorBody['error'] | { code: 'offline'; message: string; field: null }) {
    super(error.message);
    this.status = status;
    this.code = error.code;
    this.field = error.field;
    this.detail = { ...error };
  }
}

export type Query = Readonly<Record<string, string | number | boolean | readonly string[] | undefined>>;

export interface CallOptions {
  query?: Query;
  body?: unknown;
  signal?: AbortSignal;
  /** Sent even while the page is being left. */
  keepalive?: boolean;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

/**
 * Calls the native API, e.g. `call<Check>('GET', '/checks/…')`. 204 answers `undefined`.
 * @throws ApiError
 */
export async function call<T>(method: Method, path: string, options: CallOptions = {}): Promise<T> {
  const { query = {}, body, signal, keepalive } = options;
  const response = await reach(urlOf(path, query), {
    method,
    ...(signal === undefined ? {} : { signal }),
    ...(keepalive === undefined ? {} : { keepalive }),
    ...(body === undefined
      ? {}
      : { body: JSON.stringify(body), headers: { 'Content-Type': 'application/json' } }),
  });
  if (!response.ok) {
    const failure = await failureOf(response);
    // What changes something may be refused for a wrong password; what only looks, for want of a session.
    if (method === 'GET' && isSignedOut(failure)) for (const listener of signedOutListeners) listener();
    throw failure;
  }
  if (response.status === 204) return undefined as T;
  const isJson = response.headers.get('content-type')?.includes('json') ?? false;
  return (isJson ? await response.json() : await response.text()) as T;
}

const signedOutListeners = new Set<() => void>();

/** Calls back when a call finds that nobody is signed in any more. @returns what ends it. */
export function onSignedOut(listener: () => void): () => void {
  signedOutListeners.add(listener);
  return () => signedOutListeners.delete(listener);
}

/** The address of a call, with what is defined of its query. */
export function urlOf(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value === undefined || value === '') continue;
    for (const one of Array.isArray(value) ? value : [value]) parameters.append(name, String(one));
  }
  return `${BASE_PATH}/api/vigie${path}${parameters.size === 0 ? '' : `?${parameters}`}`;
}

async function reach(url: string, init: RequestInit): Promise<Response> {
  try {
    return await fetch(url, { credentials: 'same-origin', ...init });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiError(0, { code: 'offline', message: 'the server cannot be reached', field: null });
  }
}

async function failureOf(response: Response): Promise<ApiError> {
  const body = (await response.json().catch(() => null)) as ErrorBody | null;
  const unknown = {
    code: 'internal' as const,
    message: `the server answered ${response.status}`,
    field: null,
  };
  return new ApiError(response.status, body?.error ?? unknown);
}

/** Whether a failure means that nobody is signed in. */
export function isSignedOut(error: unknown): boolean {
  return error instanceof ApiError && error.code === 'unauthenticated';
}
