/** The group that an address names: `/job/<J>{/<label>/<value>}`. */
import { AppError } from '../../errors.ts';
import { MOST_LABELS, NAME_LENGTH, VALUE_LENGTH } from './limits.ts';
import type { GroupLabels } from './model.ts';

const LABEL = /^[a-zA-Z_][a-zA-Z0-9_]*$/;
const BASE64 = '@base64';

/**
 * Reads the part of a path that begins with `job/` or `job@base64/`, as it stands in the address. A slash in a value
 * needs `@base64`, as with the original: `%2F` separates like any other.
 * @throws AppError `invalid`
 */
export function readGroupingKey(path: string): GroupLabels {
  const parts = decoded(path).split('/');
  if (parts.length % 2 === 1) {
    throw new AppError(
      'invalid',
      `an odd number of parts in ${JSON.stringify(parts.slice(2).join('/'))}: each label needs a value`,
    );
  }
  const labels = new Map<string, string>();
  for (let at = 0; at < parts.length; at += 2) {
    const [name, value] = readPair(parts[at] ?? '', parts[at + 1] ?? '');
    // The job is what the path begins with, whatever comes later.
    if (at === 0 || name !== 'job') labels.set(name, value);
  }
  if (labels.get('job') === '') throw new AppError('invalid', 'the name of the job is missing');
  // What an empty `instance` says holds for every group that names none.
  if (labels.get('instance') === '') labels.delete('instance');
  if (labels.size > MOST_LABELS) throw new AppError('invalid', `a group has at most ${MOST_LABELS} labels`);
  return [...labels].sort(([a], [b]) => (a < b ? -1 : 1));
}

function decoded(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    throw new AppError('invalid', 'the address is not percent-encoded UTF-8');
  }
}

function readPair(given: string, text: string): [name: string, value: string] {
  const isEncoded = given.endsWith(BASE64);
  const name = isEncoded ? given.slice(0, -BASE64.length) : given;
  if (!LABEL.test(name) || name.startsWith('__') || name.length > NAME_LENGTH) {
    throw new AppError('invalid', `${JSON.stringify(name.slice(0, NAME_LENGTH))} is no name of a label`);
  }
  const value = isEncoded ? fromBase64(name, text) : text;
  if (value.length > VALUE_LENGTH || value.includes('\0')) {
    throw new AppError(
      'invalid',
      `the value of ${name} is longer than ${VALUE_LENGTH} characters, or has a zero byte`,
    );
  }
  return [name, value];
}

/** URL-safe, its padding optional; `=` alone stands for the empty value, which an address cannot hold. */
function fromBase64(name: string, text: string): string {
  const bare = text.replace(/={1,2}$/, '');
  try {
    if (!/^[A-Za-z0-9_-]*$/.test(bare) || bare.length % 4 === 1) throw new Error('other characters');
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Buffer.from(bare, 'base64url'));
  } catch {
    throw new AppError('invalid', `the value of ${name} is not URL-safe base64 of UTF-8`);
  }
}
