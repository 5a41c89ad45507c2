/** The stale marker's eight bytes as two little-endian words. */
const HIGH = 0x7ff00000;
const LOW = 2;

/** Whether the eight bytes of a little-endian double are the stale marker. */
export function isStaleAt(bytes: Uint8Array, at: number): boolean {
  return wordAt(bytes, at + 4) === HIGH && wordAt(bytes, at) === LOW;
}

function wordAt(bytes: Uint8Array, at: number): number {
  return (
    (bytes[at] ?? 0) |
    ((bytes[at + 1] ?? 0) << 8) |
    ((bytes[at + 2] ?? 0) << 16) |
    ((bytes[at + 3] ?? 0) << 24)
  );
}
