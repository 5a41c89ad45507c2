const ID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a text is the id of a check, a channel, a silence ... */
export function isId(text: string): boolean {
  return ID.test(text);
}

/** The beginning of an id: enough to tell two apart. */
export function shortId(id: string): string {
  return `${id.slice(0, 8)}…`;
}
