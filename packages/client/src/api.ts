/** Healthchecks' management API, as Vigie and healthchecks.io speak it. */
import { type Answer, call, Unreachable } from './http.ts';
import type { Settings } from './settings.ts';

/** The server understood and said no; the message is its own. */
export class ApiError extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = 'ApiError';
    this.status = status;
  }
}

/** Whether the same call may well succeed later. */
export function isTemporary(error: unknown): boolean {
  return error instanceof Unreachable || (error instanceof ApiError && isTemporaryStatus(error.status));
}

/** 408, 425 and 429 ask for another try themselves. */
export function isTemporaryStatus(status: number): boolean {
  return status >= 500 || status === 408 || status === 425 || status === 429;
}

export type ApiSettings = Pick<Settings, 'apiUrl' | 'apiKey' | 'readKey' | 'checkTimeout'>;

/**
 * Calls the API. `path` follows the API's address, which keeps its `/v1`.
 * @throws ApiError for anything but a success; Unreachable.
 */
export async function callApi(
  settings: ApiSettings,
  method: 'GET' | 'POST' | 'DELETE',
  path: string,
  body?: object,
): Promise<unknown> {
  const key = keyFor(settings, method);
  if (key === null) throw new ApiError(401, 'no API key is set (HEALTHCHECKS_API_KEY)');
  const answer = await call({
    method,
    url: `${settings.apiUrl}/${path}`,
    // No Content-Type of JSON: the API does not ask for it, and browsers would ask the server whether they may.
    headers: { 'X-Api-Key': key },
    // The key is for this server alone.
    redirect: 'manual',
    timeout: settings.checkTimeout * 1000,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  if (answer.status < 200 || answer.status > 299) throw new ApiError(answer.status, complaintOf(answer));
  try {
    return JSON.parse(answer.text);
  } catch {
    throw new ApiError(answer.status, `${settings.apiUrl} does not answer with JSON: is that the address?`);
  }
}

/** The key that may do this, as far as one is set. */
export function keyFor({ apiKey, readKey }: ApiSettings, method: 'GET' | 'POST' | 'DELETE'): string | null {
  return apiKey ?? (method === 'GET' ? readKey : null);
}

function complaintOf({ status, headers, text }: Answer): string {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && 'error' in parsed) return String(parsed.error);
  } catch {
    // A page, or nothing.
  }
  if (status === 403) return 'the check belongs to another project, or no more checks may be made';
  if (status === 404) return 'there is no such check';
  if (status >= 300 && status < 400) return `the API is at ${headers.get('Location') ?? 'another address'}`;
  const words = /^[\w .,:'-]{1,100}$/.test(text) ? `: ${text}` : '';
  return `the server answered ${status}${words}`;
}
