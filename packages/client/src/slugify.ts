/** The slug of a name, by Healthchecks' rule: ASCII letters, digits, `_` and `-`. */
export function slugify(name: string): string {
  return name
    .normalize('NFKD')
    .replace(/[^a-z0-9_\s-]/gi, '')
    .toLowerCase()
    .replace(/[-\s]+/g, '-')
    .replace(/^[-_]+|[-_]+$/g, '');
}
