import { keyOf } from './alert-rows.ts';
import type { PostedAlert } from './model.ts';

/** Posts in one round: its statements name each of them, and SQLite takes 32,766 values. */
export const MOST_IN_ROUND = 5_000;

/**
 * Splits posts of one transaction so that none of them begins and ends an alert in one round, which would be told
 * in no order. The rounds, one after another, do what the posts would have done in transactions of their own.
 * @returns the positions of the posts of each round.
 */
export function roundsOf(posts: readonly PostedAlert[], now: number): number[][] {
  const rounds: number[][] = [];
  const last = new Map<string, { round: number; isOver: boolean }>();
  posts.forEach((post, position) => {
    const key = keyOf(post.projectId, post.identity);
    const isOver = post.endsAt !== null && post.endsAt <= now;
    const before = last.get(key) ?? { round: 0, isOver };
    const round = before.isOver === isOver ? before.round : before.round + 1;
    last.set(key, { round, isOver });
    const own = rounds[round];
    if (own === undefined) rounds[round] = [position];
    else own.push(position);
  });
  return rounds.flatMap(pagesOf);
}

function pagesOf(round: number[]): number[][] {
  const pages: number[][] = [];
  for (let from = 0; from < round.length; from += MOST_IN_ROUND)
    pages.push(round.slice(from, from + MOST_IN_ROUND));
  return pages;
}
