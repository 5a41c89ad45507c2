import type { Tx, Values } from '../store/tx.ts';
import { assignChannels, insertCheck } from './create.ts';
import { newFlipId } from './flip-id.ts';
import type { Check, PingKind } from './model.ts';
import { applyPing, type PingInput, type PingTarget } from './ping.ts';
import { type Announce, saveStates } from './save.ts';
import { type Changes, noChanges } from './transition.ts';

/** What became of a ping, in the order of HTTP meanings. */
export const PING_OUTCOMES = [
  'ok',
  'created',
  'not_found',
  'ambiguous',
  'url',
  'body',
  'rid',
  'time',
  'future',
  'past',
] as const;
export type PingOutcome = (typeof PING_OUTCOMES)[number];

export interface ReceiveOptions {
  announce: Announce;
  checkLimit: number;
}

/** Every so many pings of a check its log is cut to size. */
const PRUNE_EVERY = 100;

const PING_COLUMNS = [
  'check_id',
  'n',
  'created_at',
  'kind',
  'scheme',
  'remote_addr',
  'method',
  'user_agent',
  'rid',
  'exitstatus',
  'body',
  'duration',
] as const;

/**
 * Records pings that arrived together: rows are read once, each ping is applied in order of arrival, and
 * each check is written once however many pings it got.
 */
export async function receivePings(
  tx: Tx,
  inputs: PingInput[],
  options: ReceiveOptions,
): Promise<PingOutcome[]> {
  const batch = new Batch(tx, options);
  await batch.load(inputs);
  const outcomes: PingOutcome[] = [];
  for (const input of inputs) outcomes.push(await batch.receive(input));
  await batch.save();
  return outcomes;
}

type SlugTarget = Extract<PingTarget, { slug: string }>;

/** A check of a project by its slug; null = the project has none. */
interface Named {
  project: number;
  code: string | null;
}

function keyOf({ pingKey, slug }: SlugTarget): string {
  return `${pingKey}/${slug}`;
}

class Batch {
  readonly #tx: Tx;
  readonly #options: ReceiveOptions;
  readonly #checks = new Map<string, Check>();
  /** What a ping key and a slug stand for, as far as it was looked up. */
  readonly #named = new Map<string, Named[]>();
  readonly #touched = new Set<Check>();
  readonly #pings: Values[] = [];
  /** Checks whose log is to be cut, with the number of pings that stay. */
  readonly #prunable = new Map<Check, number>();
  readonly #changes: Changes = noChanges();
  /** The earliest deadline that came nearer; one that moves away needs no timer. */
  #earliest = Number.POSITIVE_INFINITY;

  constructor(tx: Tx, options: ReceiveOptions) {
    this.#tx = tx;
    this.#options = options;
  }

  async load(inputs: PingInput[]): Promise<void> {
    const codes = new Set<string>();
    for (const { target } of inputs) {
      if ('code' in target) codes.add(target.code);
      else for (const { code } of await this.#lookUp(target)) if (code !== null) codes.add(code);
    }
    // All in one go: the rows are locked in order, so that two nodes cannot wait for each other.
    for (const check of await this.#tx.bulk.checksBy('code', [...codes])) this.#checks.set(check.code, check);
  }

  async receive(input: PingInput): Promise<PingOutcome> {
    const found = await this.#find(input);
    if (typeof found === 'string') return found;
    if (input.fault !== null) return input.fault;
    const check = found.check;
    const before = check.alert_after ?? Number.POSITIVE_INFINITY;
    const { kind } = applyPing(check, input, () => newFlipId(this.#tx), this.#changes);
    if (check.alert_after !== null && check.alert_after < before) {
      this.#earliest = Math.min(this.#earliest, check.alert_after);
    }
    this.#touched.add(check);
    this.#pings.push(pingValues(check, input, kind));
    if (check.n_pings % PRUNE_EVERY === 0) this.#prunable.set(check, input.logLimit);
    return found.created ? 'created' : 'ok';
  }

  async #find({ target }: PingInput): Promise<{ check: Check; created: boolean } | PingOutcome> {
    if ('code' in target) return this.#known(target.code);
    if (target.slug !== target.slug.toLowerCase()) return 'url';
    const rows = await this.#lookUp(target);
    const [row] = rows;
    if (row === undefined) return 'not_found';
    if (rows.length > 1) return 'ambiguous';
    if (row.code !== null) return this.#known(row.code);
    return target.create ? this.#create(row.project, target) : 'not_found';
  }

  #known(code: string): { check: Check; created: boolean } | PingOutcome {
    const check = this.#checks.get(code);
    return check === undefined ? 'not_found' : { check, created: false };
  }

  /** The project of the ping key with its checks of that slug, two at most; empty when there is no such key. */
  async #lookUp(target: SlugTarget): Promise<Named[]> {
    const known = this.#named.get(keyOf(target));
    if (known !== undefined) return known;
    const rows = await this.#tx.db
      .selectFrom('projects')
      .leftJoin('checks', (join) =>
        join.onRef('checks.project_id', '=', 'projects.id').on('checks.slug', '=', target.slug),
      )
      .select(['projects.id as project', 'checks.code as code'])
      .where('projects.ping_key', '=', target.pingKey)
      .limit(2)
      .execute();
    this.#named.set(keyOf(target), rows);
    return rows;
  }

  async #create(projectId: number, target: SlugTarget): Promise<{ check: Check; created: boolean }> {
    const fields = { name: target.slug, slug: target.slug };
    const check = await insertCheck(this.#tx, projectId, null, fields, this.#options.checkLimit);
    await assignChannels(this.#tx, check, 'all');
    this.#named.set(keyOf(target), [{ project: projectId, code: check.code }]);
    this.#checks.set(check.code, check);
    this.#touched.add(check);
    return { check, created: true };
  }

  async save(): Promise<void> {
    const tx = this.#tx;
    await tx.bulk.insert('pings', PING_COLUMNS, this.#pings);
    await saveStates(tx, [...this.#touched], this.#changes, this.#options.announce);
    for (const [check, logLimit] of this.#prunable) {
      await tx.db
        .deleteFrom('pings')
        .where('check_id', '=', check.check_id)
        .where('n', '<=', check.n_pings - logLimit)
        .execute();
    }
    if (this.#earliest !== Number.POSITIVE_INFINITY) tx.emit({ type: 'deadline', at: this.#earliest });
  }
}

function pingValues(check: Check, ping: PingInput, kind: PingKind): Values {
  return [
    check.check_id,
    check.n_pings,
    ping.at,
    kind,
    ping.scheme,
    ping.remoteAddr,
    ping.method,
    ping.userAgent,
    ping.rid,
    ping.exitstatus,
    ping.body,
    ping.duration ?? null,
  ];
}
