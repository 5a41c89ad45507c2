import { Readable } from 'node:stream';
import { flipPages } from '../../checks/flip-pages.ts';
import type { PresentedCheck } from '../../checks/manage.ts';
import type { FlipRow } from '../../store/schema.ts';
import { authorise } from './authorise.ts';
import type { CheckContext } from './check.ts';
import type { Call, Handler } from './endpoint.ts';
import { findByUniqueKey, findCheck } from './find-check.ts';
import { readFlipRange } from './flip-filter.ts';
import { isoSeconds } from './instant.ts';

/** `GET /checks/<uuid>/flips/` */
export function listFlips(context: CheckContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'read');
    return sendFlips(context, call, await findCheck(context, owner, call.params['id'] ?? ''));
  };
}

/** `GET /checks/<unique_key>/flips/` */
export function listFlipsByUniqueKey(context: CheckContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'read');
    const check = await findByUniqueKey(context, owner, call.params['id'] ?? '');
    return check === undefined ? call.reply.code(404).send() : sendFlips(context, call, check);
  };
}

function sendFlips(context: CheckContext, call: Call, check: PresentedCheck): unknown {
  const range = readFlipRange(call.query, context.clock.now());
  if (range === null) return call.reply.code(400).send();
  const pieces = flipList(flipPages(context.store.db, check.check_id, range));
  return call.reply.header('Content-Type', 'application/json').send(Readable.from(pieces));
}

async function* flipList(pages: AsyncIterable<FlipRow[]>): AsyncGenerator<string> {
  let text = '{"flips":[';
  let separator = '';
  for await (const page of pages) {
    for (const flip of page) {
      text += separator + JSON.stringify(flipJson(flip));
      separator = ',';
    }
    yield text;
    text = '';
  }
  yield `${text}]}`;
}

function flipJson(flip: FlipRow) {
  return { timestamp: isoSeconds(flip.created_at), up: flip.new_status === 'up' ? 1 : 0 };
}
