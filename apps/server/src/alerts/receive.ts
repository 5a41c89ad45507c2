/** Taking in what others post: the same door as for everything else, with a bound on how much may fire. */
import type { Tx } from '../store/tx.ts';
import { firingAlerts, keyOf } from './alert-rows.ts';
import type { AlertPorts } from './announce.ts';
import { countFiring } from './firing.ts';
import type { PostedAlert } from './model.ts';
import { type PostOutcome, postAlerts } from './post.ts';

/** Alerts of one project that fire at once; what is new beyond it is refused. */
export const ACTIVE_LIMIT = 250_000;
/** Milliseconds for which a count of alerts is good: what ends meanwhile makes room that much later. */
const COUNT_AGE = 1_000;

/** `refused`: too many fire already. */
export type ReceiveOutcome = PostOutcome | 'refused';

/**
 * Knows about how many alerts of each project fire, so that not every post has to count them. With several
 * nodes each adds its own: the bound may be passed by what the others raise within the age of a count.
 */
export class ActiveAlerts {
  readonly #limit: number;
  readonly #counts = new Map<number, { count: number; at: number }>();

  constructor(limit: number = ACTIVE_LIMIT) {
    this.#limit = limit;
  }

  /** How many more may fire. */
  async room(tx: Tx, projectId: number): Promise<number> {
    const known = this.#counts.get(projectId);
    if (known !== undefined && Math.abs(tx.at - known.at) < COUNT_AGE) return this.#limit - known.count;
    const count = await countFiring(tx.db, projectId);
    this.#counts.set(projectId, { count, at: tx.at });
    return this.#limit - count;
  }

  /** Counts those that were raised. A transaction that is undone leaves too many, until the next count. */
  add(projectId: number, raised: number): void {
    const known = this.#counts.get(projectId);
    if (known !== undefined) known.count += raised;
  }
}

/**
 * Takes alerts in; those of a project that was removed while they waited are ignored.
 * @returns for each what became of it, in order.
 */
export async function receiveAlerts(
  tx: Tx,
  posts: readonly PostedAlert[],
  active: ActiveAlerts,
  ports: AlertPorts,
): Promise<ReceiveOutcome[]> {
  const projects = await existingProjects(tx, posts);
  const own = posts.filter(({ projectId }) => projects.has(projectId));
  const refused = await beyondRoom(tx, own, active);
  const taken = own.filter((post) => !refused.has(post));
  const outcomes = await postAlerts(tx, taken, ports);
  const raised = taken.filter((_, i) => outcomes[i] === 'raised');
  for (const [projectId, news] of Map.groupBy(raised, (post) => post.projectId)) {
    active.add(projectId, news.length);
  }
  let next = 0;
  return posts.map((post) => {
    if (!projects.has(post.projectId)) return 'ignored';
    return refused.has(post) ? 'refused' : (outcomes[next++] ?? 'ignored');
  });
}

async function existingProjects(tx: Tx, posts: readonly PostedAlert[]): Promise<Set<number>> {
  const ids = [...new Set(posts.map(({ projectId }) => projectId))];
  const rows = await tx.db.selectFrom('projects').select('id').where('id', 'in', ids).execute();
  return new Set(rows.map(({ id }) => id));
}

/** The posts that would make a project's alerts too many; what fires already is always taken. */
async function beyondRoom(
  tx: Tx,
  posts: readonly PostedAlert[],
  active: ActiveAlerts,
): Promise<Set<PostedAlert>> {
  const refused = new Set<PostedAlert>();
  for (const [projectId, own] of Map.groupBy(posts, (post) => post.projectId)) {
    let room = await active.room(tx, projectId);
    if (own.length <= room) continue;
    const known = new Set((await firingAlerts(tx, own)).keys());
    for (const post of own) {
      const key = keyOf(projectId, post.identity);
      const isOver = post.endsAt !== null && post.endsAt <= tx.at;
      if (known.has(key) || isOver) continue;
      if (room > 0) {
        room -= 1;
        known.add(key);
      } else refused.add(post);
    }
  }
  return refused;
}
