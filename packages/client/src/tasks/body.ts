/** What of a run goes into the body of its ping. */

/** Text as it is, anything else as JSON; nothing of what has no text. */
export function textOf(result: unknown): string {
  if (typeof result === 'string') return result;
  if (result === undefined || result === null) return '';
  try {
    return (
      JSON.stringify(result, (_, value: unknown) => (typeof value === 'bigint' ? String(value) : value)) ?? ''
    );
  } catch {
    return '';
  }
}

/** Errors that caused one another; a circle of them has an end. */
const CAUSES = 10;

/** The message, where it came from, and what caused it. */
export function errorText(error: unknown, causes = CAUSES): string {
  if (!(error instanceof Error)) return textOf(error);
  const stack = typeof error.stack === 'string' ? error.stack : '';
  const own = stack.includes(error.message) ? stack : `${error.name}: ${error.message}\n${stack}`.trimEnd();
  return error.cause === undefined || causes === 0
    ? own
    : `${own}\ncaused by: ${errorText(error.cause, causes - 1)}`;
}
