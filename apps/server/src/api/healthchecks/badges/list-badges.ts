import { Readable } from 'node:stream';
import { badgeKeyOf } from '../../../accounts/badge-key.ts';
import { statusPages } from '../../../checks/status-pages.ts';
import { authorise } from '../authorise.ts';
import type { CheckContext } from '../check.ts';
import type { Handler } from '../endpoint.ts';
import { tagsOf } from '../tags.ts';
import { nextTurn } from '../turns.ts';
import { badgeAddresses, WHOLE_PROJECT } from './addresses.ts';

/** Tags whose addresses are made in one turn of the event loop. */
const SLICE = 200;

/** `GET /badges/`: the addresses of the project's badges, by tag; `*` is the whole project. */
export function listBadges(context: CheckContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'read');
    const { db } = context.store;
    const badgeKey = await badgeKeyOf(db, owner.projectId);
    const tags = new Set<string>();
    for await (const page of statusPages(db, owner.projectId)) {
      for (const check of page) for (const tag of tagsOf(check)) tags.add(tag);
    }
    const { baseUrl } = context.config();
    const options = { baseUrl, secretKey: context.secretKey, badgeKey };
    const names = [WHOLE_PROJECT, ...[...tags].filter((tag) => tag !== WHOLE_PROJECT).sort()];
    return call.reply
      .header('Content-Type', 'application/json')
      .send(Readable.from(badgeList(names, options)));
  };
}

async function* badgeList(
  tags: readonly string[],
  options: Parameters<typeof badgeAddresses>[0],
): AsyncGenerator<string> {
  let text = '{"badges":{';
  for (const [i, tag] of tags.entries()) {
    if (i > 0) text += ',';
    text += `${JSON.stringify(tag)}:${JSON.stringify(badgeAddresses(options, tag))}`;
    if (i % SLICE !== SLICE - 1) continue;
    yield text;
    text = '';
    await nextTurn();
  }
  yield `${text}}}`;
}
