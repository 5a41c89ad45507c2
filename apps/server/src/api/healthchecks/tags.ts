/** The tags of a check. Only spaces part them: a comma belongs to its tag. */
export function tagsOf(check: { tags: string }): string[] {
  return check.tags
    .split(' ')
    .map((tag) => tag.trim())
    .filter((tag) => tag !== '');
}
