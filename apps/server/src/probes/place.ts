/** Where in its interval something of this name runs, milliseconds from its beginning. */
export function placeIn(interval: number, name: string): number {
  return Math.floor((hashOf(name) / 2 ** 32) * interval);
}

/** FNV-1a, 32 bits: names that differ in one letter lie far apart once mixed. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    hash ^= text.charCodeAt(i);
    hash = Math.imul(hash, 0x01000193);
  }
  hash ^= hash >>> 16;
  hash = Math.imul(hash, 0x85ebca6b);
  hash ^= hash >>> 13;
  return hash >>> 0;
}
