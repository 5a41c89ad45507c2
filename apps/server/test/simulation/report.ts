/** What a simulation tells of itself. */
export interface Report {
  pings: { taken: number; refused: number; unanswered: number; lost: number };
  cuts: number;
  steps: number;
  fulls: number;
  flips: number;
  /** Messages that came, and those of them that came again with the same key. */
  messages: number;
  doubled: number;
  /** Milliseconds from flip to message where nothing was in the way. */
  delays: number[];
  violations: string[];
}

/** The sums of what one or more servers lived through. */
export function sumReports(reports: readonly Report[]): Report {
  return reports.reduce(sum);
}

function sum(one: Report, other: Report): Report {
  const pings = { ...one.pings };
  pings.taken += other.pings.taken;
  pings.refused += other.pings.refused;
  pings.unanswered += other.pings.unanswered;
  pings.lost += other.pings.lost;
  return {
    pings,
    cuts: one.cuts + other.cuts,
    steps: one.steps + other.steps,
    fulls: one.fulls + other.fulls,
    flips: one.flips + other.flips,
    messages: one.messages + other.messages,
    doubled: one.doubled + other.doubled,
    delays: [...one.delays, ...other.delays],
    violations: [...one.violations, ...other.violations],
  };
}
