import { Readable } from 'node:stream';
import { badgeKeyOf } from '../../../accounts/badge-key.ts';
import { authorise } from '../authorise.ts';
import type { CheckContext } from '../check.ts';
import type { Handler } from '../endpoint.ts';
import { nextTurn } from '../turns.ts';
import { badgeAddresses } from './addresses.ts';
import { badgeTags } from './badge-tags.ts';

/** Tags whose addresses are made in one turn of the event loop. */
const SLICE = 200;

/** `GET /badges/`: the addresses of the project's badges, by tag; `*` is the whole project. */
export function listBadges(context: CheckContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'read');
    const { db } = context.store;
    const badgeKey = await badgeKeyOf(db, owner.projectId);
    const { baseUrl } = context.config();
    const options = { baseUrl, secretKey: context.secretKey, badgeKey };
    const names = await badgeTags(db, owner.projectId);
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
