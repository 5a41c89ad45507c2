import type { ConfigProblem } from '@vigie/contract';

/** Problems that a sentence tells; more of them are counted. */
const TOLD = 20;

/** Problems of a document on a line each, by their paths. */
export function problemsText(problems: readonly ConfigProblem[]): string {
  const lines = problems.slice(0, TOLD).map(({ path, reason }) => `${path.join('.')}: ${reason}`);
  const more = problems.length - lines.length;
  return [...lines, ...(more > 0 ? [`and ${more} more`] : [])].join('\n');
}
