/** What `mntr` tells: lines of a name, a tab and a value. */
export type Monitor = ReadonlyMap<string, string>;

/** Keys that are kept: a server of today has some 400. */
const MOST_KEYS = 1_000;

/** @returns null when it is not an answer of `mntr`. */
export function parseMonitor(text: string): Monitor | null {
  const monitor = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [name = '', value] = line.split('\t');
    if (value !== undefined && /^zk_[A-Za-z0-9_]+$/.test(name) && monitor.size < MOST_KEYS) {
      monitor.set(name, value.trim());
    }
  }
  return monitor.has('zk_server_state') ? monitor : null;
}

/** `3.8.0` of `3.8.0-5a02a05eddb59aee6ac762f7ea82e92a68eb9c0f, built on ...`. */
export function versionOf(monitor: Monitor): string | null {
  return /^\d+(\.\d+)+/.exec(monitor.get('zk_version') ?? '')?.[0] ?? null;
}
