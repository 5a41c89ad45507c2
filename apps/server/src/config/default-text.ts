import type { AnySetting } from './setting.ts';

/** A setting's default as documentation shows it (Markdown). */
export function defaultText({
  fallback,
  fallbackText,
}: Pick<AnySetting, 'fallback' | 'fallbackText'>): string {
  if (fallbackText !== undefined) return fallbackText;
  if (fallback === null) return 'none';
  const text = Array.isArray(fallback) ? fallback.join(',') : String(fallback);
  return text === '' ? 'none' : `\`${text}\``;
}
