import { actorOf } from '../../accounts/identity.ts';
import type { KeyOwner } from '../../accounts/keys.ts';
import { DEFAULT_FIELDS } from '../../checks/create.ts';
import { type CreateInput, matchingCheck } from '../../checks/manage.ts';
import { checksWhere } from '../../checks/queries.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { channelsOf } from '../../notify/channel-queries.ts';
import { type AuthoriseContext, authorise } from './authorise.ts';
import { readChannels } from './channel-list.ts';
import { type Before, checkFields, NOTHING_BEFORE, type Version } from './check-fields.ts';
import { checkJson } from './check-json.ts';
import type { Handler } from './endpoint.ts';
import { parseBody } from './json-body.ts';
import { type NewCheckSpec, readNewSpec } from './spec.ts';
import { viewOf } from './view.ts';

type CreateContext = AuthoriseContext & Pick<Context, 'config'>;

/** `POST /checks/`: makes a check, or updates the one that `unique` or `uuid` names. */
export function createCheck(context: CreateContext): Handler {
  return async (call) => {
    const body = parseBody(call.request.body);
    const owner = await authorise(context, call.request, 'write', body);
    const spec = readNewSpec(body);
    const input = await createInput(context, owner, spec, call.version);
    try {
      const { check, created } = await context.writer.run('checks.create', {
        ...input,
        actor: actorOf({ kind: 'key', ...owner }),
      });
      return call.reply.code(created ? 201 : 200).send(checkJson(check, viewOf(context, call, owner)));
    } catch (error) {
      // Whose the UUID is, or that it is somebody's at all, is not told.
      if (error instanceof AppError && error.code === 'conflict') return call.reply.code(409).send();
      throw error;
    }
  };
}

async function createInput(
  context: CreateContext,
  owner: KeyOwner,
  spec: NewCheckSpec,
  version: Version,
): Promise<CreateInput> {
  const { db } = context.store;
  const code = spec.uuid ?? null;
  const match = matchOf(spec);
  const input = { projectId: owner.projectId, code, match, channels: null };
  const { timeZone } = context.config();
  const zoned = spec.schedule !== undefined && spec.tz === undefined && timeZone !== DEFAULT_FIELDS.time_zone;
  const aware = (zoned || dependsOnBefore(spec, version)) && (code !== null || match !== null);
  const existing = aware ? await existingCheck(context, input) : null;
  const fields = checkFields(spec, version, existing ?? NOTHING_BEFORE);
  // A new check whose schedule names no zone keeps to the server's.
  if (zoned && existing === null) fields.time_zone = timeZone;
  if (spec.channels === undefined) return { ...input, fields };
  return { ...input, fields, channels: readChannels(spec.channels, await channelsOf(db, owner.projectId)) };
}

/** What identifies the check to update; null when the body lacks one of the fields, or names none. */
function matchOf(spec: NewCheckSpec): CreateInput['match'] {
  if (spec.unique === undefined || spec.unique.length === 0) return null;
  if (spec.unique.some((field) => spec[field] === undefined)) return null;
  return Object.fromEntries(spec.unique.map((field) => [field, spec[field]]));
}

/** Whether the columns depend on the check as it is: finding that check takes a walk over the project's. */
function dependsOnBefore(spec: NewCheckSpec, version: Version): boolean {
  if (version < 3 && spec.name !== undefined && spec.slug === undefined) return true;
  return (spec.subject === undefined) !== (spec.subject_fail === undefined);
}

/**
 * The check that the writer is going to update, as it is now. It decides anew; this only fills in what depends
 * on the check's present fields.
 */
async function existingCheck(
  context: Pick<Context, 'store'>,
  input: Omit<CreateInput, 'fields'>,
): Promise<Before | null> {
  const { db } = context.store;
  const code = await matchingCheck({ db }, input);
  if (code === null) return null;
  const [check] = await checksWhere(db, { projectId: input.projectId, code });
  return check ?? null;
}
