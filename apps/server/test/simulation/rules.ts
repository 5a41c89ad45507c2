/**
 * What holds messages back, by docs/alerts.md: silences and maintenance windows as their tables have them, and
 * checks that wait for others. Written against the document, not the code.
 */
import type { CheckLabels, CheckModel } from './check-model.ts';
import type { StoredSilence, StoredWindow, StoreView } from './store-view.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/** One silence or window. */
interface Rule {
  /** As the ledger calls it: `silence <id>`. */
  name: string;
  covers(labels: CheckLabels): boolean;
  /** When it ends if it holds at this wall time; null = it does not. */
  until(wall: number): number | null;
  /** When it ends, now that it held at this wall time. */
  end(since: number): number | null;
}

/** Names of what holds a message back, with the wall time of their ends where it is known. */
export type Holds = ReadonlyMap<string, number | null>;

export class Rules {
  #rules: readonly Rule[] = [];
  /** As they were before somebody changed them, at this instant. */
  #before: readonly Rule[] = [];
  #changedAt = Number.NEGATIVE_INFINITY;

  /** When the one of that name ends by the wall clock, as it is now; null = that cannot be told. */
  endOf(name: string, since: number): number | null {
    return this.#rules.find((rule) => rule.name === name)?.end(since) ?? null;
  }

  /** Somebody may have changed them at this instant of virtual time. */
  read(view: StoreView, at: number): void {
    if (at !== this.#changedAt) this.#before = this.#rules;
    this.#changedAt = at;
    this.#rules = [...view.silences().map(ofSilence), ...view.windows().map(ofWindow)];
  }

  /**
   * What surely holds back the message about a check, raised at `raisedAt`, at an instant that is not over yet, and
   * what possibly does.
   */
  at(check: CheckModel, instant: number, wall: number, raisedAt: number): { surely: Holds; possibly: Holds } {
    const now = active(this.#rules, check, wall);
    const before = instant === this.#changedAt ? active(this.#before, check, wall) : now;
    const surely = new Map<string, number | null>([...now].filter(([name]) => before.has(name)));
    const possibly = new Map<string, number | null>([...before, ...now]);
    for (const parent of ancestors(check)) {
      const troubled = parent.troubledAt(instant);
      // What is only late is waited for at first, and for five minutes at most.
      const isWaitedFor = instant === raisedAt || parent.isSurelyDown(instant);
      if (troubled.surely && isWaitedFor) surely.set(`dependency ${parent.code}`, null);
      if (troubled.possibly) possibly.set(`dependency ${parent.code}`, null);
    }
    return { surely, possibly };
  }
}

function active(rules: readonly Rule[], { labels }: CheckModel, wall: number): Map<string, number> {
  const found = new Map<string, number>();
  for (const { name, covers, until } of rules) {
    const end = until(wall);
    if (end !== null && covers(labels)) found.set(name, end);
  }
  return found;
}

function ancestors(check: CheckModel): Set<CheckModel> {
  const found = new Set(check.parents);
  for (const parent of found) for (const further of parent.parents) found.add(further);
  return found;
}

function ofSilence({ code, matchers, from, to }: StoredSilence): Rule {
  const tests = matchers.map(({ name, value, isRegex, isEqual }) => {
    const regex = isRegex ? new RegExp(`^(?:${value})$`) : null;
    return (labels: CheckLabels): boolean => {
      const own = new Map(Object.entries(labels)).get(name) ?? '';
      return (regex === null ? own === value : regex.test(own)) === isEqual;
    };
  });
  return {
    name: `silence ${code}`,
    covers: (labels) => tests.every((test) => test(labels)),
    until: (wall) => (from <= wall && wall < to ? to : null),
    end: () => to,
  };
}

function ofWindow({ code, tags, environments, schedule, duration, from, to }: StoredWindow): Rule {
  const until = (wall: number): number | null => {
    if (wall < from || wall >= to) return null;
    if (schedule === '') return to;
    const end = lastOpening(schedule, wall) + duration;
    return wall < end ? end : null;
  };
  return {
    name: `maintenance ${code}`,
    covers: (labels) =>
      (tags.length === 0 || tags.includes(labels.tags)) &&
      (environments.length === 0 || environments.includes(labels.environment)),
    until,
    end: until,
  };
}

/** The last instant not after `wall` that a crontab `minute hour * * day` means in UTC. */
function lastOpening(schedule: string, wall: number): number {
  const [minute, hour, , , day] = schedule.split(' ');
  const offset = (Number(hour) * 60 + Number(minute)) * MINUTE;
  let midnight = Math.floor((wall - offset) / DAY) * DAY;
  while (day !== '*' && new Date(midnight).getUTCDay() !== Number(day)) midnight -= DAY;
  return midnight + offset;
}
