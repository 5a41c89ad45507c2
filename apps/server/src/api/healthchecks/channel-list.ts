import { AppError } from '../../errors.ts';

/** A channel that an identifier can mean. */
export interface Named {
  id: number;
  code: string;
  name: string;
}

/**
 * Reads which channels a check shall have: `*` all of the project's, nothing none, else UUIDs or exact names
 * parted by commas; spaces count.
 * @throws AppError `invalid` when an identifier means none, or several.
 */
export function readChannels(text: string, available: readonly Named[]): 'all' | number[] {
  if (text === '*') return 'all';
  if (text === '') return [];
  return [...new Set(text.split(',').map((identifier) => meant(identifier, available).id))];
}

function meant(identifier: string, available: readonly Named[]): Named {
  if (identifier === '') throw bad('empty channel identifier');
  const [channel, another] = available.filter(({ code, name }) => code === identifier || name === identifier);
  if (channel === undefined) throw bad(`invalid channel identifier: ${identifier}`);
  if (another !== undefined) throw bad(`non-unique channel identifier: ${identifier}`);
  return channel;
}

function bad(message: string): AppError {
  return new AppError('invalid', message, { field: 'channels' });
}
