import { createHash } from 'node:crypto';
import type { GroupLabels } from './model.ts';

/** What names a group in the store. */
export function groupHash(group: GroupLabels): string {
  return createHash('sha256').update(JSON.stringify(group)).digest('hex');
}
