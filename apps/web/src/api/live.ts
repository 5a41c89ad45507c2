import type { QueryClient, QueryKey } from '@tanstack/react-query';
import type { Change } from '@vigie/contract';
import { useEffect, useSyncExternalStore } from 'react';
import { readEvents } from './event-stream.ts';

/**
 * Which cached answers a changed thing makes stale. The first part of each query's key names what it shows,
 * the second, where there is one, the thing or project it is about.
 */
const STALE: Record<Change['noun'], (change: Change) => QueryKey[]> = {
  check: ({ id, project }) => [
    ['check', id],
    ['checks', project],
    ['summary', project],
  ],
  flip: ({ project }) => [
    ['flips', project],
    ['summary', project],
  ],
  alert: ({ id, project }) => [
    ['alert', id],
    ['alerts', project],
    // Each silence says how many it hides.
    ['silences', project],
    ['summary', project],
  ],
  silence: ({ id, project }) => [
    ['silence', id],
    ['silences', project],
    ['alerts', project],
    ['alert'],
    ['incident'],
  ],
  window: ({ id, project }) => [
    ['window', id],
    ['windows', project],
    ['alerts', project],
  ],
  incident: ({ id, project }) => [
    ['incident', id],
    ['incidents', project],
  ],
  channel: ({ id, project }) => [
    ['channel', id],
    ['channels', project],
  ],
  delivery: ({ id, project }) => [
    ['delivery', id],
    ['deliveries', project],
  ],
  project: ({ project }) => [['session'], ['project', project], ['members', project], ['keys', project]],
};

/** Milliseconds over which changes are gathered, and the least between two rounds of fetching anew. */
const GATHER = { quiet: 250, busy: 2_000 } as const;

export type Liveness = 'connecting' | 'live' | 'stale';

let liveness: Liveness = 'connecting';
const listeners = new Set<() => void>();
const watchers = new Set<(changes: readonly Change[]) => void>();

function setLiveness(next: Liveness): void {
  if (next === liveness) return;
  liveness = next;
  for (const listener of listeners) listener();
}

/** Whether what is on the screen follows the server now. */
export function useLiveness(): Liveness {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => liveness,
  );
}

/** Hands each change to `watch` as well, for lists that are too long to be fetched anew. @returns what ends it. */
export function watchChanges(watch: (changes: readonly Change[]) => void): () => void {
  watchers.add(watch);
  return () => watchers.delete(watch);
}

/**
 * What changed while nothing arrived comes by the stream's own memory, or as a resync; but of a project that the
 * reader was taken out of meanwhile it tells nothing any more.
 */
function healed(client: QueryClient): void {
  void client.invalidateQueries({
    predicate: ({ state, queryKey }) => state.status === 'error' || queryKey[0] === 'session',
  });
}

/** Keeps what is cached true while somebody is signed in. */
export function useLiveUpdates(client: QueryClient, onSignedOut: () => void): void {
  useEffect(() => {
    const waiting = new Map<string, QueryKey>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    let flushed = Number.NEGATIVE_INFINITY;
    const flush = (): void => {
      timer = undefined;
      flushed = performance.now();
      const keys = [...waiting.values()];
      waiting.clear();
      // What is being fetched is not begun again: under a steady rain of changes it would never arrive.
      for (const queryKey of keys) void client.invalidateQueries({ queryKey }, { cancelRefetch: false });
    };
    const plan = (): void => {
      const wait = performance.now() - flushed > GATHER.busy ? GATHER.quiet : GATHER.busy;
      timer ??= setTimeout(flush, wait);
    };
    let wasStale = false;
    const end = readEvents({
      change({ changes }) {
        for (const change of changes) {
          for (const key of STALE[change.noun]?.(change) ?? []) waiting.set(key.join(' '), key);
        }
        plan();
        for (const watch of watchers) watch(changes);
      },
      resync: () => void client.invalidateQueries(),
      live(isLive) {
        if (isLive && wasStale) healed(client);
        wasStale = !isLive;
        setLiveness(isLive ? 'live' : 'stale');
      },
      signedOut: onSignedOut,
    });
    return () => {
      end();
      clearTimeout(timer);
      setLiveness('connecting');
    };
  }, [client, onSignedOut]);
}
