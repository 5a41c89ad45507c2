import { actorOf } from '../../accounts/identity.ts';
import type { KeyOwner } from '../../accounts/keys.ts';
import type { PresentedCheck } from '../../checks/manage.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { channelsOf } from '../../notify/channel-queries.ts';
import { type AuthoriseContext, authorise } from './authorise.ts';
import { readChannels } from './channel-list.ts';
import { checkFields } from './check-fields.ts';
import { checkJson } from './check-json.ts';
import type { Call, Handler } from './endpoint.ts';
import { findByUniqueKey, findCheck } from './find-check.ts';
import { parseBody } from './json-body.ts';
import { readSpec } from './spec.ts';
import { viewOf } from './view.ts';

export type CheckContext = AuthoriseContext & Pick<Context, 'config'>;

/** `GET /checks/<uuid>` */
export function getCheck(context: CheckContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'read');
    return checkJson(await findCheck(context, owner, call.params['id'] ?? ''), viewOf(context, call, owner));
  };
}

/** `GET /checks/<unique_key>` */
export function getCheckByUniqueKey(context: CheckContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'read');
    const check = await findByUniqueKey(context, owner, call.params['id'] ?? '');
    return check === undefined ? call.reply.code(404).send() : checkJson(check, viewOf(context, call, owner));
  };
}

/** `POST /checks/<uuid>`: changes what the body names. */
export function updateCheck(context: CheckContext): Handler {
  return async (call) => {
    const { owner, check, body } = await writing(context, call, parseBody(call.request.body));
    const spec = readSpec(body);
    const channels =
      spec.channels === undefined
        ? null
        : readChannels(spec.channels, await channelsOf(context.store.db, owner.projectId));
    const fields = checkFields(spec, call.version, check);
    const updated = await context.writer.run('checks.update', { ...ref(owner, check), fields, channels });
    return checkJson(updated, viewOf(context, call, owner));
  };
}

/** `DELETE /checks/<uuid>`: answers with the check as it was, without its channels. */
export function deleteCheck(context: CheckContext): Handler {
  return async (call) => {
    const { owner, check } = await writing(context, call);
    const removed = await context.writer.run('checks.remove', ref(owner, check));
    return checkJson({ ...removed, channels: [] }, viewOf(context, call, owner));
  };
}

/** `POST /checks/<uuid>/pause` */
export function pauseCheck(context: CheckContext): Handler {
  return async (call) => {
    const { owner, check } = await writing(context, call, parseBody(call.request.body));
    const paused = await context.writer.run('checks.pause', ref(owner, check));
    return checkJson(paused, viewOf(context, call, owner));
  };
}

/** `POST /checks/<uuid>/resume`: 409 unless the check is paused. */
export function resumeCheck(context: CheckContext): Handler {
  return async (call) => {
    const { owner, check } = await writing(context, call, parseBody(call.request.body));
    try {
      const resumed = await context.writer.run('checks.resume', ref(owner, check));
      return checkJson(resumed, viewOf(context, call, owner));
    } catch (error) {
      if (!(error instanceof AppError && error.code === 'conflict')) throw error;
      return call.reply.code(409).header('Content-Type', 'text/plain').send(error.message);
    }
  };
}

/** The owner of the key and the check it may change. */
async function writing(context: CheckContext, call: Call, body: Record<string, unknown> = {}) {
  const owner = await authorise(context, call.request, 'write', body);
  return { owner, body, check: await findCheck(context, owner, call.params['id'] ?? '') };
}

function ref(owner: KeyOwner, check: PresentedCheck) {
  return { projectId: owner.projectId, code: check.code, actor: actorOf({ kind: 'key', ...owner }) };
}
