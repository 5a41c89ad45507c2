import type { Tx } from '../store/tx.ts';

/**
 * A fresh id of a flip: a UUID of version 7 (RFC 9562), whose first 48 bits are the time in milliseconds. Rows
 * made together lie together in every index that begins with it, where random ids would touch a page each.
 */
export function newFlipId(tx: Pick<Tx, 'at' | 'newId'>): string {
  const time = tx.at.toString(16).padStart(12, '0');
  return `${time.slice(0, 8)}-${time.slice(8)}-7${tx.newId().slice(15)}`;
}
