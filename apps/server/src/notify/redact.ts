/** Shorter texts are words that would be found everywhere. */
const SHORTEST_SECRET = 6;
/** Shorter parts of a path are `hooks` and `services`. */
const SHORTEST_TOKEN = 12;
const MASK = '***';

/** Every text that must not be seen outside of the settings it comes from, longest first. */
export function secretsIn(fields: ReadonlySet<string>, settings: Record<string, unknown>): string[] {
  const found = new Set<string>();
  for (const field of fields) for (const text of textsIn(settings[field])) addSecret(found, text);
  return [...found]
    .filter((text) => text.length >= SHORTEST_SECRET)
    .sort((one, other) => other.length - one.length);
}

function textsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}

/** The text, and of an address also the parts that servers repeat in their errors. */
function addSecret(found: Set<string>, text: string): void {
  found.add(text);
  if (!URL.canParse(text)) return;
  const url = new URL(text);
  const tokens = url.pathname.split('/').filter((segment) => segment.length >= SHORTEST_TOKEN);
  const parts = [url.href, `${url.pathname}${url.search}`, url.pathname, url.password, ...tokens];
  for (const part of [...parts, ...url.searchParams.values()]) found.add(part);
}

/** The text with every secret masked. */
export function redact(text: string, secrets: readonly string[]): string {
  return secrets.reduce((shown, secret) => shown.replaceAll(secret, MASK), text);
}
