/**
 * A slug from a name, as versions 1 and 2 of the API derive it: without accents, in lower case, only letters,
 * digits, `_` and `-`. Source: docs of Healthchecks' API, and Django's rule for slugs.
 */
export function slugify(name: string): string {
  return (
    name
      .normalize('NFKD')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: everything that is not ASCII goes.
      .replace(/[^\x00-\x7f]/g, '')
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replace(/[-\s]+/g, '-')
      .replace(/^[-_]+|[-_]+$/g, '')
  );
}
