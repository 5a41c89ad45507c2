/** "Why was nobody paged?" */
import { explainParameters, explanationSchema } from '@vigie/contract';
import { checksWhere } from '../../checks/queries.ts';
import { AppError } from '../../errors.ts';
import { type ExplainedRange, explainRange } from '../../explain/range.ts';
import { wordsIn } from '../../explain/words/words.ts';
import { presentStory } from './alert-views.ts';
import { alertView } from './alerts.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject } from './find-project.ts';
import { instant } from './format.ts';
import { readerLanguage } from './reader-language.ts';

/** Milliseconds of the longest range. */
const LONGEST = 31 * 86_400_000;
/** Entries of an answer. */
const MOST_ENTRIES = 1_000;

const explain = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/explain',
  tag: 'alerts',
  summary: 'Tells what happened in some time, whom it told, and if nobody, why',
  find: chosenProject,
  access: 'project.read',
  query: explainParameters,
  success: { status: 200, description: 'What happened', schema: explanationSchema },
  async handle(call) {
    const { context, query, project } = call;
    const [from, until] = [Date.parse(query.from), Date.parse(query.to)];
    if (from >= until) throw new AppError('invalid', 'from is not before to', { field: 'from' });
    if (until - from > LONGEST) {
      throw new AppError('invalid', 'from is more than 31 days before to', { field: 'from' });
    }
    const range = { projectId: project.id, check: await checkOf(call, query.check), from, until };
    const words = wordsIn(readerLanguage(call));
    const most = query.limit ?? MOST_ENTRIES;
    const { entries, cut } = await explainRange(context.store.db, range, most, words);
    return {
      from: instant(from),
      to: instant(until),
      story: await presentStory(entries, alertView(call)),
      cut,
    };
  },
});

/** @throws AppError `invalid` for a check that the project has not. */
async function checkOf(
  { context, project }: ProjectCall<unknown, unknown>,
  id: string | undefined,
): Promise<ExplainedRange['check']> {
  if (id === undefined) return null;
  const by = id.length === 40 ? { uniqueKey: id } : { code: id };
  const [check] = await checksWhere(context.store.db, { projectId: project.id, ...by });
  if (check === undefined) throw new AppError('invalid', `no such check: ${id}`, { field: 'check' });
  return { id: check.check_id, code: check.code };
}

export const explainRoutes: RestRoute[] = [explain];
