/** What the address of the list of services says besides its path. */
import type { ServiceState } from '@vigie/contract';
import { SERVICE_STATE_NAMES } from '../../components/service-states.ts';
import { words } from '../checks/search.ts';

/** In an address several words are one text with spaces between them. */
export interface ServicesSearch {
  q?: string;
  state?: string;
  kind?: string;
  /** The picture of dependencies, where somebody opened or closed it. */
  graph?: 'open' | 'closed';
}

/** Characters that are searched for. */
const TEXT_LENGTH = 200;
/** Kinds that are chosen at once. */
const MOST_KINDS = 20;

export function readSearch(search: Record<string, unknown>): ServicesSearch {
  const known: ServicesSearch = {};
  const { q, graph } = search;
  const text = (typeof q === 'string' || typeof q === 'number' ? String(q) : '').slice(0, TEXT_LENGTH);
  if (text !== '') known.q = text;
  const states = statesOf({ state: words(search['state']).join(' ') });
  if (states.length > 0) known.state = states.join(' ');
  const kinds = [...new Set(words(search['kind']))].slice(0, MOST_KINDS);
  if (kinds.length > 0) known.kind = kinds.join(' ');
  if (graph === 'open' || graph === 'closed') known.graph = graph;
  return known;
}

/** The states that are chosen; none = all. */
export function statesOf({ state }: Pick<ServicesSearch, 'state'>): ServiceState[] {
  const chosen = words(state);
  return SERVICE_STATE_NAMES.filter((name) => chosen.includes(name));
}

/** The same address with a word more, or without it. */
export function toggled(search: ServicesSearch, name: 'state' | 'kind', word: string): ServicesSearch {
  const before = words(search[name]);
  const after = before.includes(word) ? before.filter((one) => one !== word) : [...before, word];
  return readSearch({ ...search, [name]: after.join(' ') });
}

/** Whether something is chosen that leaves services out. */
export function isFiltered({ q, state, kind }: ServicesSearch): boolean {
  return q !== undefined || state !== undefined || kind !== undefined;
}
