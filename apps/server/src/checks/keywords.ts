import type { Action } from './model.ts';

/** Keyword lists of a check: comma-separated, case-sensitive. */
export interface KeywordFilter {
  failure_kw: string;
  success_kw: string;
  start_kw: string;
  filter_default_fail: 0 | 1;
}

/** What the text says, failure before success before start; null = nothing, the ping is ignored. */
export function actionByKeywords(filter: KeywordFilter, text: string): Action | null {
  if (contains(text, filter.failure_kw)) return 'fail';
  if (contains(text, filter.success_kw)) return 'success';
  if (contains(text, filter.start_kw)) return 'start';
  return filter.filter_default_fail ? 'fail' : null;
}

function contains(text: string, keywords: string): boolean {
  return keywords.split(',').some((part) => {
    const keyword = part.trim();
    return keyword !== '' && text.includes(keyword);
  });
}
