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

/** The message, where it came from, and what caused it. */
export function errorText(error: unknown): string {
  if (!(error instanceof Error)) return textOf(error);
  const own = error.stack?.includes(error.message) ? error.stack : `${error}\n${error.stack ?? ''}`;
  return error.cause === undefined ? own : `${own}\ncaused by: ${errorText(error.cause)}`;
}
