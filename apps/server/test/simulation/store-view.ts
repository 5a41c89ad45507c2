import { DatabaseSync, type SQLOutputValue, type StatementSync } from 'node:sqlite';

export interface StoredFlip {
  at: number;
  to: string;
  reason: string;
}

/** One row of the alerts' ledger. */
export interface Decision {
  id: number;
  alert: number;
  check: number;
  /** Wall clock. */
  at: number;
  kind: string;
  /** Of the alert. */
  name: string;
  /** It ended, and nobody was told. */
  isQuiet: boolean;
  /** What holds it, as `by id`; null = nothing is said to. */
  held: string[] | null;
}

export interface StoredSilence {
  code: string;
  matchers: { name: string; value: string; isRegex: boolean; isEqual: boolean }[];
  from: number;
  to: number;
}

export interface StoredWindow {
  code: string;
  tags: string[];
  environments: string[];
  /** `minute hour * * day`, or empty. */
  schedule: string;
  /** Milliseconds. */
  duration: number;
  from: number;
  to: number;
}

function isUntold(detail: string): boolean {
  return 'untold' in (JSON.parse(detail) as object);
}

function heldBy(detail: string): string[] | null {
  const { held } = JSON.parse(detail) as { held?: { by: string; id: string }[] };
  return held?.map(({ by, id }) => `${by} ${id}`) ?? null;
}

/** Bit of `check_states.breaches`: the check is down, and that is no alert so far. */
const DAMPED = 1;

export interface StoredPolicies {
  /** Bits, the latest outcome in the lowest. */
  outcomes: number;
  damped: boolean;
  /** Names of alerts that fire, and how often each was raised. */
  firing: readonly string[];
  raised: ReadonlyMap<string, number>;
}

type Row = Record<string, SQLOutputValue>;

function storedPolicies(state: Row, alerts: readonly Row[]): StoredPolicies {
  return {
    outcomes: Number(state['outcomes']),
    damped: (Number(state['breaches']) & DAMPED) !== 0,
    firing: alerts.filter((one) => Number(one['firing']) > 0).map((one) => String(one['name'])),
    raised: new Map(alerts.map((one) => [String(one['name']), Number(one['count'])])),
  };
}

export interface StoredState {
  status: string;
  pings: number;
}

/** What a data file really holds, read without any of the code under test. */
export class StoreView implements Disposable {
  readonly #database: DatabaseSync;
  readonly #statements = new Map<string, StatementSync>();

  constructor(path: string) {
    this.#database = new DatabaseSync(path, { readOnly: true });
  }

  /** Status and count of each check, by id. */
  states(): Map<number, StoredState> {
    const rows = this.#statement('select check_id, status, n_pings from check_states').all();
    return new Map(
      rows.map((row) => [
        Number(row['check_id']),
        { status: String(row['status']), pings: Number(row['n_pings']) },
      ]),
    );
  }

  /** A check's flips behind the first `known`, in order of writing. */
  flips(check: number, known: number): StoredFlip[] {
    const text =
      'select new_status, created_at, reason from flips where check_id = ? order by rowid limit -1 offset ?';
    return this.#statement(text)
      .all(check, known)
      .map((row) => ({
        to: String(row['new_status']),
        at: Number(row['created_at']),
        reason: String(row['reason']),
      }));
  }

  /** How often a check went down after an instant. */
  countDowns(check: number, after: number): number {
    const text =
      "select count(*) as count from flips where check_id = ? and new_status = 'down' and created_at > ?";
    return this.#count(text, check, after);
  }

  /** What is stored of the policies of a check, or of all, and of their alerts; by check. */
  policies(...check: [] | [number]): Map<number, StoredPolicies> {
    const which = check.length === 0 ? 'check_id is not null' : 'check_id = ?';
    const states = this.#statement(
      `select check_id, outcomes, breaches from check_states where ${which}`,
    ).all(...check);
    const alerts = this.#statement(
      `select check_id, name, count(*) as count, sum(state = 'firing') as firing from alerts where ${which}
       group by check_id, name`,
    ).all(...check);
    const own = Map.groupBy(alerts, (alert) => Number(alert['check_id']));
    return new Map(
      states.map((row) => {
        const check = Number(row['check_id']);
        return [check, storedPolicies(row, own.get(check) ?? [])];
      }),
    );
  }

  countFlips(): number {
    return this.#count('select count(*) as count from flips');
  }

  hasPing(check: number, marker: string): boolean {
    const text = 'select count(*) as count from pings where check_id = ? and user_agent = ?';
    return this.#count(text, check, marker) > 0;
  }

  /** Markers and kinds of a check's latest pings, oldest first. */
  latestPings(check: number, limit: number): { marker: string; kind: string }[] {
    const text = 'select user_agent, kind from pings where check_id = ? order by n desc limit ?';
    return this.#statement(text)
      .all(check, limit)
      .map((row) => ({ marker: String(row['user_agent']), kind: String(row['kind']) }))
      .reverse();
  }

  /** The outages entered so far, in order. */
  outages(): { from: number; to: number }[] {
    const rows = this.#statement('select from_at, to_at from outages order by id').all();
    return rows.map((row) => ({ from: Number(row['from_at']), to: Number(row['to_at']) }));
  }

  /** Whether the ledger says that a message was delivered. */
  isDelivered(key: string): boolean {
    return this.#count("select count(*) as count from deliveries where key = ? and state = 'sent'", key) > 0;
  }

  /** Messages that are not delivered: by state, with how many. Webhooks take no notices of silences that end. */
  undelivered(): string[] {
    const rows = this.#statement(
      `select state, error, count(*) as count from deliveries where state != 'sent' and not (kind = 'notice' and state = 'skipped')
       group by state, error`,
    ).all();
    return rows.map((row) => `${row['count']} ${row['state']}: ${row['error']}`);
  }

  /** Pieces of work that are left though nothing waits for them: lanes, and looks at alerts that are over. */
  countWork(): number {
    return this.#count(
      `select count(*) as count from work where kind = 'delivery' or kind = 'alert' and due_at < ?
       and not exists (select 1 from alerts where alerts.id = cast(work.key as integer) and state = 'firing')`,
      Number.MAX_SAFE_INTEGER,
    );
  }

  /** Decisions about checks' alerts behind the event `known`, in order. */
  decisions(known: number): Decision[] {
    const text = `select e.id, e.alert_id, e.at, e.kind, e.detail, a.check_id, a.name
      from alert_events e join alerts a on a.id = e.alert_id where e.id > ? order by e.id`;
    return this.#statement(text)
      .all(known)
      .map((row) => ({
        id: Number(row['id']),
        alert: Number(row['alert_id']),
        check: Number(row['check_id']),
        at: Number(row['at']),
        kind: String(row['kind']),
        name: String(row['name']),
        isQuiet: isUntold(String(row['detail'])),
        held: heldBy(String(row['detail'])),
      }));
  }

  silences(): StoredSilence[] {
    const rows = this.#statement('select code, matchers, starts_at, ends_at from silences').all();
    return rows.map((row) => ({
      code: String(row['code']),
      matchers: JSON.parse(String(row['matchers'])) as StoredSilence['matchers'],
      from: Number(row['starts_at']),
      to: Number(row['ends_at']),
    }));
  }

  windows(): StoredWindow[] {
    const rows = this.#statement('select * from maintenance_windows').all();
    return rows.map((row) => ({
      code: String(row['code']),
      tags: JSON.parse(String(row['tags'])) as string[],
      environments: JSON.parse(String(row['environments'])) as string[],
      schedule: String(row['schedule']),
      duration: Number(row['duration']) * 1000,
      from: Number(row['starts_at'] ?? Number.NEGATIVE_INFINITY),
      to: Number(row['ends_at'] ?? Number.POSITIVE_INFINITY),
    }));
  }

  /** To which channels messages about an alert were queued: `firing 3`, and the like, sorted. */
  messagesOf(alert: number): string[] {
    const text = "select kind, channel_id from deliveries where alert_id = ? and kind != 'notice'";
    const rows = this.#statement(text).all(alert);
    return rows.map((row) => `${row['kind']} ${row['channel_id']}`).sort();
  }

  /** How an alert is stored: `firing` or `resolved`, and whether anybody was told, and acknowledged it. */
  alert(id: number): { state: string; told: boolean; acked: boolean } {
    const row = this.#statement('select state, notified_at, acked_at from alerts where id = ?').get(id);
    return {
      state: String(row?.['state']),
      told: row?.['notified_at'] !== null,
      acked: row?.['acked_at'] !== null,
    };
  }

  countAlerts(): number {
    return this.#count('select count(*) as count from alerts');
  }

  [Symbol.dispose](): void {
    this.#database.close();
  }

  #statement(text: string): StatementSync {
    const known = this.#statements.get(text);
    if (known !== undefined) return known;
    const statement = this.#database.prepare(text);
    this.#statements.set(text, statement);
    return statement;
  }

  #count(text: string, ...values: (string | number)[]): number {
    return Number(this.#statement(text).get(...values)?.['count']);
  }
}
