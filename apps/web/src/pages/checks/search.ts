/** What the address of the list says besides its path: which checks, in which order. */
import type { CHECK_ORDERS, CheckListParameters } from '@vigie/contract';

type Order = (typeof CHECK_ORDERS)[number];
export type StatusFilter = NonNullable<CheckListParameters['status']>[number];

/** Statuses, what hurts first. */
export const STATUS_FILTERS = [
  'down',
  'grace',
  'started',
  'up',
  'new',
  'paused',
] as const satisfies StatusFilter[];

/** Orders that are offered. */
export const SORTS = [
  'status',
  'name',
  '-name',
  'last_ping',
  '-last_ping',
  'created',
  '-created',
] as const satisfies Order[];

export type CheckSort = (typeof SORTS)[number];

/** What hurts comes first. */
export const USUAL_SORT: CheckSort = 'status';

/** In an address several words are one text with spaces: none of them can hold one. */
export interface ChecksSearch {
  q?: string;
  tag?: string;
  status?: string;
  channel?: string;
  environment?: string;
  sort?: CheckSort;
}

/** Characters that the server takes. */
const TEXT_LENGTH = 200;
const TAG_LIMIT = 20;

export function readSearch(search: Record<string, unknown>): ChecksSearch {
  const known: ChecksSearch = {};
  const text = textOf(search['q']).slice(0, TEXT_LENGTH);
  if (text !== '') known.q = text;
  const environment = textOf(search['environment']).trim();
  if (environment !== '') known.environment = environment;
  const statuses = STATUS_FILTERS.filter((status) => words(search['status']).includes(status));
  if (statuses.length > 0) known.status = statuses.join(' ');
  for (const name of ['tag', 'channel'] as const) {
    const given = [...new Set(words(search[name]))].slice(0, TAG_LIMIT);
    if (given.length > 0) known[name] = given.join(' ');
  }
  const sort = SORTS.find((one) => one === search['sort']);
  if (sort !== undefined && sort !== USUAL_SORT) known.sort = sort;
  return known;
}

/** The words of one part of an address. */
export function words(given: unknown): string[] {
  return textOf(given)
    .split(/\s+/)
    .filter((word) => word !== '');
}

/** The same address with a word more, or without it. */
export function toggled(
  search: ChecksSearch,
  name: 'tag' | 'status' | 'channel',
  word: string,
): ChecksSearch {
  const before = words(search[name]);
  const after = before.includes(word) ? before.filter((one) => one !== word) : [...before, word];
  return readSearch({ ...search, [name]: after.join(' ') });
}

/** Whether something but the order is chosen. */
export function isFiltered({ sort: _, ...filters }: ChecksSearch): boolean {
  return Object.keys(filters).length > 0;
}

/** Addresses turn what looks like a number or a list into one. */
function textOf(given: unknown): string {
  if (typeof given === 'string') return given;
  if (typeof given === 'number') return String(given);
  return Array.isArray(given) ? given.map(textOf).join(' ') : '';
}
