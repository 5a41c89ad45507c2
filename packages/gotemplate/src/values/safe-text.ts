import type { GoType } from './go-type.ts';
import { GoNamed } from './value.ts';

/** Texts whose author vouches for them: `html/template` writes them as they are where they belong. */
export const HTML: GoType<GoNamed> = { name: 'template.HTML' };
export const SAFE_URL: GoType<GoNamed> = { name: 'template.URL' };

/** Markup that passes in the text of HTML. */
export function safeHtml(text: string): GoNamed {
  return new GoNamed(HTML, text);
}

/** An address that passes in an attribute whatever its scheme. */
export function safeUrl(text: string): GoNamed {
  return new GoNamed(SAFE_URL, text);
}
