import type { FastifyRequest } from 'fastify';
import { findKey, KEY_LENGTH, type KeyOwner, type KeyScope } from '../../accounts/keys.ts';
import { TOUCH_AFTER } from '../../accounts/sessions.ts';
import type { Context } from '../../context.ts';
import { AppError, messageOf } from '../../errors.ts';
import type { JsonObject } from './json-body.ts';

export type AuthoriseContext = Pick<Context, 'clock' | 'store' | 'secretKey' | 'writer' | 'log'>;

/**
 * Whose key comes with a request: that of the `X-Api-Key` header, even an empty one; without the header, the
 * `api_key` of a body that was read already.
 * @throws AppError `unauthenticated`; a read-only key where a writing one is needed is a wrong one.
 */
export async function authorise(
  context: AuthoriseContext,
  request: FastifyRequest,
  needed: KeyScope,
  body?: JsonObject,
): Promise<KeyOwner> {
  const key = request.headers['x-api-key'] ?? body?.['api_key'];
  if (typeof key !== 'string' || key.length !== KEY_LENGTH) {
    throw new AppError('unauthenticated', 'missing api key');
  }
  const owner = await findKey(context.store.db, context.secretKey, key);
  if (owner === null || (needed === 'write' && owner.scope !== 'write')) {
    throw new AppError('unauthenticated', 'wrong api key');
  }
  await touch(context, owner);
  return owner;
}

/** Notes now and then that the key is in use; reading goes on while nothing can be written. */
async function touch(context: AuthoriseContext, owner: KeyOwner): Promise<void> {
  if (context.clock.now() - (owner.lastUsedAt ?? 0) <= TOUCH_AFTER) return;
  try {
    await context.writer.run('keys.touch', owner.keyId);
  } catch (error) {
    context.log.warn({ error: messageOf(error) }, 'the use of a key could not be noted');
  }
}
