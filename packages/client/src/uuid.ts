const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/** Whether a server takes it for the UUID of a check: lower case, with dashes. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

/**
 * A random UUID. Node.js 18 has no global `crypto`, and a page without TLS no `randomUUID`: there it is made of
 * random numbers, which is enough to tell runs apart.
 */
export function newUuid(): string {
  if (typeof crypto !== 'undefined' && typeof crypto.randomUUID === 'function') return crypto.randomUUID();
  return 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, (place) =>
    Math.floor(place === 'x' ? Math.random() * 16 : 8 + Math.random() * 4).toString(16),
  );
}
