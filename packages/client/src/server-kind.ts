/** Which server is it? Vigie takes late pings with the time at which they happened; Healthchecks does not. */
import { isTemporaryStatus } from './api.ts';
import { call, isForeign, Unreachable } from './http.ts';
import type { Settings } from './settings.ts';

export interface Server {
  /** Whether it reads `X-Ping-Time`. */
  keepsTimes: boolean;
  /** Milliseconds by which its clock is ahead of ours; 0 = as good as none. */
  ahead: number;
}

/** Milliseconds; the `Date` of an answer has no parts of a second, and takes its time. */
const CLOCK_TOLERANCE = 3000;
const OTHER: Server = { keepsTimes: false, ahead: 0 };

/**
 * Asks a server once what it is, by the one address that Vigie answers to everybody: `/api/vigie/entry`. To a page
 * of another origin no server counts as Vigie: browsers would ask first whether `X-Ping-Time` may be sent, and
 * servers take that question for a ping.
 */
export class ServerKind {
  readonly #settings: Pick<Settings, 'pingUrl' | 'checkTimeout'>;
  #known: Promise<Server> | null = null;

  constructor(settings: Pick<Settings, 'pingUrl' | 'checkTimeout'>) {
    this.#settings = settings;
  }

  /** @throws Unreachable when it cannot be told yet. */
  get(): Promise<Server> {
    this.#known ??= ask(this.#settings).catch((error: unknown) => {
      this.#known = null;
      throw error;
    });
    return this.#known;
  }
}

async function ask({ pingUrl, checkTimeout }: Pick<Settings, 'pingUrl' | 'checkTimeout'>): Promise<Server> {
  if (isForeign(pingUrl)) return OTHER;
  const url = `${pingUrl.replace(/\/ping$/, '')}/api/vigie/entry`;
  const { status, headers, text } = await call({ method: 'GET', url, timeout: checkTimeout * 1000 });
  if (isTemporaryStatus(status)) throw new Unreachable(`${new URL(url).origin} answers ${status}`);
  if (status !== 200 || !isEntry(text)) return OTHER;
  const ahead = Date.parse(headers.get('Date') ?? '') - Date.now();
  return { keepsTimes: true, ahead: Math.abs(ahead) > CLOCK_TOLERANCE ? ahead : 0 };
}

function isEntry(text: string): boolean {
  try {
    const entry: unknown = JSON.parse(text);
    return typeof entry === 'object' && entry !== null && 'set_up_needed' in entry;
  } catch {
    return false;
  }
}
