/** Brings one report to the server: finds the check, pings it, reads the answer. */
import { ApiError, isTemporary, isTemporaryStatus } from './api.ts';
import type { Finder } from './finder.ts';
import { type Answer, call, isForeign, reasonOf } from './http.ts';
import type { Verdict } from './outbox.ts';
import type { Provisioner } from './provision.ts';
import { type Report, suffixOf, type Target } from './report.ts';
import type { ServerKind } from './server-kind.ts';
import type { Settings } from './settings.ts';
import { slugify } from './slugify.ts';

export interface CourierOptions {
  settings: Settings;
  server: ServerKind;
  finder: Finder;
  provisioner: Provisioner;
}

/** Told to the server; `SaaS-Backend-Monitor/1.0` in the Python client. */
const USER_AGENT = 'vigie-client/0.1.0';
/** Milliseconds; a server that asks for more patience than that is asked again nevertheless. */
const LONGEST_RETRY_AFTER = 300_000;

export class Courier {
  readonly #options: CourierOptions;

  constructor(options: CourierOptions) {
    this.#options = options;
  }

  /** Tries once; a late report tells when it happened. */
  async deliver(report: Report, late: boolean): Promise<Verdict> {
    try {
      const verdict = await this.#ping(report, late);
      return verdict === 'missing' ? await this.#pingMissing(report, late) : verdict;
    } catch (error) {
      const reason = reasonOf(error);
      return isTemporary(error) ? { outcome: 'pending', reason } : { outcome: 'refused', reason };
    }
  }

  /** The server knows no such check: it is made, where that is wanted and possible, and pinged again. */
  async #pingMissing(report: Report, late: boolean): Promise<Verdict> {
    const { settings, provisioner, finder } = this.#options;
    const { target } = report;
    const missing: Verdict = { outcome: 'refused', reason: 'the server knows no such check' };
    if ('name' in target) {
      if (settings.apiKey === null) return missing;
      finder.forget(target.name);
    } else {
      if (!settings.autoProvision || settings.apiKey === null || provisioner.has(target.id)) return missing;
      await provisioner.make(target.id);
    }
    const verdict = await this.#ping(report, late);
    return verdict === 'missing' ? missing : verdict;
  }

  async #ping({ target, kind, rid, body, at }: Report, late: boolean): Promise<Verdict | 'missing'> {
    const { settings } = this.#options;
    const query = new URLSearchParams(rid === null ? {} : { rid });
    if ('name' in target && settings.apiKey === null) query.set('create', '1');
    const answer = await call({
      method: 'POST',
      url: `${await this.#address(target)}${suffixOf(kind)}?${query}`.replace(/\?$/, ''),
      headers: await this.#headers(late ? performance.now() - at : null),
      body,
      timeout: settings.checkTimeout * 1000,
    });
    return answer.status === 404 ? 'missing' : verdictOf(answer);
  }

  async #address(target: Target): Promise<string> {
    const { settings, finder, provisioner } = this.#options;
    const { pingUrl, apiKey, pingKey } = settings;
    if ('id' in target) return `${pingUrl}/${await provisioner.current(target.id)}`;
    if (apiKey !== null) return `${pingUrl}/${await finder.uuid(target)}`;
    if (pingKey !== null) return `${pingUrl}/${pingKey}/${slugify(target.name)}`;
    throw new ApiError(401, 'a check is found by its name only with an API key (HEALTHCHECKS_API_KEY)');
  }

  /** Browsers would ask a server of another origin whether it takes headers, and it would take that for a ping. */
  async #headers(age: number | null): Promise<Record<string, string>> {
    if (isForeign(this.#options.settings.pingUrl)) return {};
    const headers = { 'User-Agent': USER_AGENT };
    if (age === null) return headers;
    const { keepsTimes, ahead } = await this.#options.server.get();
    if (!keepsTimes) return headers;
    return { ...headers, 'X-Ping-Time': new Date(Date.now() + ahead - age).toISOString() };
  }
}

function verdictOf({ status, headers, text }: Answer): Verdict {
  if (status >= 200 && status < 300) return { outcome: 'delivered' };
  const reason = `the server answers ${status} ${text.slice(0, 100)}`.trim();
  if (!isTemporaryStatus(status)) return { outcome: 'refused', reason };
  const after = Number(headers.get('Retry-After')) * 1000;
  return {
    outcome: 'pending',
    reason,
    ...(after > 0 ? { after: Math.min(after, LONGEST_RETRY_AFTER) } : {}),
  };
}
