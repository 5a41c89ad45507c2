/** The one door by which alerts come in, whatever raised them. */
import type { Tx } from '../store/tx.ts';
import { firingAlerts, insertAlerts, keyOf, saveAlerts } from './alert-rows.ts';
import { type AlertPorts, announce, dueAt, type Ending, lookAgain } from './announce.ts';
import { fingerprint } from './fingerprint.ts';
import { freshAlertIds } from './ids.ts';
import { record } from './ledger.ts';
import { merge } from './merge.ts';
import { type Alert, type PostedAlert, severityOf } from './model.ts';
import { roundsOf } from './rounds.ts';

/** What became of a post. `ignored`: the end of something that does not fire. */
export type PostOutcome = 'raised' | 'updated' | 'resolved' | 'ignored';

/**
 * Takes alerts in: one that fires already is merged, a new one is raised and told of unless something holds it
 * back, one that is over is resolved and told to whoever got its firing. All in one transaction.
 */
export async function postAlerts(
  tx: Tx,
  posts: readonly PostedAlert[],
  ports: AlertPorts,
): Promise<PostOutcome[]> {
  const outcomes: PostOutcome[] = [];
  for (const round of roundsOf(posts, tx.at)) {
    const own = await postRound(
      tx,
      round.flatMap((position) => posts[position] ?? []),
      ports,
    );
    round.forEach((position, i) => {
      outcomes[position] = own[i] ?? 'ignored';
    });
  }
  return outcomes;
}

async function postRound(tx: Tx, posts: readonly PostedAlert[], ports: AlertPorts): Promise<PostOutcome[]> {
  const batch = new Batch(await firingAlerts(tx, posts), tx.at);
  const outcomes = posts.map((post) => batch.take(post));
  const ids = await freshAlertIds(tx, batch.raised.length);
  batch.raised.forEach((alert, i) => {
    alert.id = ids[i] ?? 0;
  });
  await announce(tx, { raised: batch.raised, ended: batch.ended }, ports);
  await insertAlerts(tx, batch.raised);
  await saveAlerts(tx, batch.changed());
  await lookAgain(tx, batch.sooner);
  return outcomes;
}

/** Applies posts to alerts in memory. */
class Batch {
  readonly raised: Alert[] = [];
  readonly ended: Ending[] = [];
  /** Those that end sooner than they would have. One that ends later is found to when it is looked at. */
  readonly sooner: Alert[] = [];
  readonly #firing: Map<string, Alert>;
  readonly #known: ReadonlySet<Alert>;
  readonly #touched = new Set<Alert>();
  readonly #now: number;

  constructor(firing: Map<string, Alert>, now: number) {
    this.#firing = firing;
    this.#known = new Set(firing.values());
    this.#now = now;
  }

  take(post: PostedAlert): PostOutcome {
    const key = keyOf(post.projectId, post.identity);
    const current = this.#firing.get(key);
    const isOver = post.endsAt !== null && post.endsAt <= this.#now;
    if (current === undefined) {
      if (isOver) return 'ignored';
      const alert = newAlert(post, this.#now);
      this.#firing.set(key, alert);
      this.raised.push(alert);
      return 'raised';
    }
    this.#touched.add(current);
    const due = dueAt(current) ?? Number.POSITIVE_INFINITY;
    merge(current, post, this.#now);
    if (!isOver) {
      if ((dueAt(current) ?? Number.POSITIVE_INFINITY) < due) this.sooner.push(current);
      return 'updated';
    }
    current.state = 'resolved';
    current.resolved_at = this.#now;
    this.#firing.delete(key);
    this.ended.push({ alert: current, flipId: post.check?.flipId ?? null, quiet: post.quiet ?? null });
    return 'resolved';
  }

  /** Rows that were there before and are not as they were. */
  changed(): Alert[] {
    return [...this.#touched].filter((alert) => this.#known.has(alert));
  }
}

function newAlert(post: PostedAlert, now: number): Alert {
  return {
    id: 0,
    project_id: post.projectId,
    environment: post.environment,
    source: post.source,
    identity: post.identity,
    fingerprint: fingerprint(post.labels),
    name: post.labels['alertname'] ?? '',
    severity: severityOf(post.labels['severity'] ?? post.labels['priority']),
    labels: post.labels,
    annotations: post.annotations,
    generator_url: post.generatorUrl,
    check_id: post.check?.id ?? null,
    flip_id: post.check?.flipId ?? null,
    starts_at: post.startsAt,
    ends_at: post.endsAt,
    timed_out: post.timedOut ? 1 : 0,
    state: 'firing',
    raised_at: now,
    resolved_at: null,
    updated_at: now,
    notified_at: null,
    held: '',
    acked_at: null,
    acked_by: '',
    incident_id: null,
    route: post.route === undefined ? '' : JSON.stringify(post.route),
    drill: post.drill === true ? 1 : 0,
  };
}

/** Says in the ledger that a policy kept something from becoming an alert. */
export async function recordDamped(
  tx: Tx,
  damped: readonly { projectId: number; check: string; reason: string }[],
): Promise<void> {
  await record(
    tx,
    damped.map(({ projectId, check, reason }) => ({
      projectId,
      alertId: null,
      kind: 'damped' as const,
      detail: { check, reason },
    })),
  );
}
