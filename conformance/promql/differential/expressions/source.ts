import type { Random } from '../../../../apps/server/test/simulation/random.ts';

/** What the families of random expressions are made of: each other, ever less deep. */
export interface Source {
  readonly random: Random;
  /** Any instant vector that nests at most so deep. */
  vector(depth: number): string;
  scalar(depth: number): string;
  range(depth: number): string;
}
