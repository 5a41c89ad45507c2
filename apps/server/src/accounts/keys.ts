/**
 * API keys: shown once, stored as a keyed hash. HMAC and not a slow password hash, because a key carries
 * 160 bits of randomness of its own and is checked on every call.
 */
import { createHmac, randomInt } from 'node:crypto';
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';

export type KeyScope = 'write' | 'read';

/** Who a key speaks for. */
export interface KeyOwner {
  keyId: number;
  projectId: number;
  scope: KeyScope;
  hint: string;
  /** Epoch milliseconds, to the hour; null = never. */
  lastUsedAt: number | null;
}

/** A key as it is stored. */
export interface StoredKey {
  hash: string;
  hint: string;
}

/** Every API key has this many characters; Healthchecks' clients rely on it. */
export const KEY_LENGTH = 32;
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const PREFIX: Record<KeyScope, string> = { write: 'hcw_', read: 'hcr_' };
/** Characters of a key that are kept to recognise it by. */
const HINT_LENGTH = 8;

/** A fresh key in Healthchecks' form: `hcw_` or `hcr_` and 28 letters and digits. */
export function generateKey(scope: KeyScope): string {
  let key = PREFIX[scope];
  while (key.length < KEY_LENGTH) key += ALPHABET[randomInt(ALPHABET.length)];
  return key;
}

/** A fresh ping key: 22 lower-case letters and digits. */
export function generatePingKey(): string {
  let key = '';
  while (key.length < 22) key += ALPHABET[26 + randomInt(36)];
  return key;
}

export function hintOf(key: string): string {
  return key.slice(0, HINT_LENGTH);
}

/** What is stored of a key. */
export function hashKey(secretKey: string, key: string): string {
  return createHmac('sha256', secretKey).update(key).digest('hex');
}

/** A key's stored form. */
export function storedKey(secretKey: string, key: string): StoredKey {
  return { hash: hashKey(secretKey, key), hint: hintOf(key) };
}

/** Whose key this is; null = nobody's. */
export async function findKey(
  db: Kysely<Database>,
  secretKey: string,
  key: string,
): Promise<KeyOwner | null> {
  const row = await db
    .selectFrom('api_keys')
    .select(['id', 'project_id', 'scope', 'hint', 'last_used_at'])
    .where('hash', '=', hashKey(secretKey, key))
    .executeTakeFirst();
  if (row === undefined) return null;
  return {
    keyId: row.id,
    projectId: row.project_id,
    scope: scopeFrom(row.scope),
    hint: row.hint,
    lastUsedAt: row.last_used_at,
  };
}

/** A scope as it is stored; what is not one may only look. */
export function scopeFrom(text: string): KeyScope {
  return text === 'write' ? 'write' : 'read';
}
