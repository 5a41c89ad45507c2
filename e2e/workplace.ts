/** A server of its own with a project, and browsers in which its owner is signed in. */
import assert from 'node:assert/strict';
import type { Project } from '@vigie/contract';
import { type ServerProcess, spawnServer } from '../apps/server/test/support/server-process.ts';
import { tempFolder } from '../apps/server/test/support/temp-folder.ts';
import { type Browser, openBrowser } from './browser.ts';

const EMAIL = 'alice@example.org';
const PASSWORD = 'correct horse battery';
const KEY = `hcw_${'w'.repeat(28)}`;

export interface Workplace extends AsyncDisposable {
  url: string;
  /** The address of the project's pages. */
  pages: string;
  /** Calls the native API with the project's key. @throws AssertionError when it is refused. */
  api<T>(method: string, path: string, body?: object): Promise<T>;
  /** A browser of its own in which the project's owner is signed in. */
  signedIn(scheme: 'light' | 'dark'): Promise<Browser>;
}

/** Starts a server with one project and its owner. */
export async function workplace(): Promise<Workplace> {
  const folder = tempFolder('e2e');
  const env = { VIGIE_ADMIN_EMAIL: EMAIL, VIGIE_ADMIN_PASSWORD: PASSWORD, VIGIE_API_KEY: KEY };
  const server = await spawnServer({ dataDir: folder.path, env });
  const api = <T>(method: string, path: string, body?: object): Promise<T> =>
    callApi<T>(server, method, path, body);
  const { items } = await api<{ items: Project[] }>('GET', '/projects');
  return {
    url: server.url,
    pages: `${server.url}/projects/${items[0]?.id}`,
    api,
    signedIn: (scheme) => signedIn(server.url, scheme),
    async [Symbol.asyncDispose]() {
      await server[Symbol.asyncDispose]();
      folder[Symbol.dispose]();
    },
  };
}

async function callApi<T>(server: ServerProcess, method: string, path: string, body?: object): Promise<T> {
  const answer = await fetch(`${server.url}/api/vigie${path}`, {
    method,
    headers: { 'X-Api-Key': KEY, 'Content-Type': 'application/json' },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  assert.ok(answer.ok, `${method} ${path}: ${answer.status} ${text}`);
  return JSON.parse(text) as T;
}

async function signedIn(url: string, scheme: 'light' | 'dark'): Promise<Browser> {
  const browser = await openBrowser(url, scheme);
  const answer = await browser.context.request.post(`${url}/api/vigie/session`, {
    data: { email: EMAIL, password: PASSWORD },
  });
  assert.ok(answer.ok(), `signing in: ${answer.status()} ${await answer.text()}`);
  return browser;
}
