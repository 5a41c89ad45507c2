import { Readable } from 'node:stream';
import type { CheckFilter } from '../../checks/queries.ts';
import { allChecks } from '../../checks/queries.ts';
import type { Context } from '../../context.ts';
import { type AuthoriseContext, authorise } from './authorise.ts';
import { checkJson, type View } from './check-json.ts';
import type { Handler } from './endpoint.ts';
import { tagsOf } from './tags.ts';
import { nextTurn } from './turns.ts';
import { viewOf } from './view.ts';

/** Checks presented in one turn of the event loop: some 3 ms. */
const SLICE = 100;

type ListContext = AuthoriseContext & Pick<Context, 'config'>;

/** `GET /checks/`: all checks of the project, or those with every `tag` and the `slug` asked for. */
export function listChecks(context: ListContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'read');
    const tags = call.query.getAll('tag');
    // PostgreSQL knows no null character; replaced, it matches nothing either.
    const slug = (call.query.getAll('slug').at(-1) ?? '').replaceAll('\0', '\ufffd');
    const filter = { projectId: owner.projectId, ...(slug === '' ? {} : { slug }) };
    const pieces = checkList(context, filter, tags, viewOf(context, call, owner));
    return call.reply.header('Content-Type', 'application/json').send(Readable.from(pieces));
  };
}

/** The JSON text in pieces, made as fast as the client takes them: the project may have any number of checks. */
export async function* checkList(
  context: Pick<Context, 'store'>,
  filter: CheckFilter,
  tags: readonly string[],
  view: View,
): AsyncGenerator<string> {
  let text = '{"checks":[';
  let separator = '';
  for await (const page of allChecks(context.store.db, filter)) {
    for (const [i, check] of page.entries()) {
      if (i % SLICE === 0) await nextTurn();
      const own = tagsOf(check);
      if (!tags.every((tag) => own.includes(tag))) continue;
      text += separator + JSON.stringify(checkJson(check, view));
      separator = ',';
    }
    yield text;
    text = '';
  }
  yield `${text}]}`;
}
