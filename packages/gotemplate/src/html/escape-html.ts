const TEXT: Readonly<Record<string, string>> = {
  '\0': '\uFFFD',
  '"': '&#34;',
  '&': '&amp;',
  "'": '&#39;',
  '+': '&#43;',
  '<': '&lt;',
  '>': '&gt;',
};
const UNQUOTED: Readonly<Record<string, string>> = {
  ...TEXT,
  '\0': '&#xfffd;',
  '\t': '&#9;',
  '\n': '&#10;',
  '\v': '&#11;',
  '\f': '&#12;',
  '\r': '&#13;',
  ' ': '&#32;',
  '=': '&#61;',
  '`': '&#96;',
};
const NAMED: Readonly<Record<string, string>> = {
  quot: '"',
  amp: '&',
  apos: "'",
  lt: '<',
  gt: '>',
  nbsp: '\u00a0',
};
const LAST_CODE_POINT = 0x10ffff;

/** Escapes for text and for attributes between quotes. */
export function escapeText(text: string): string {
  return text.replace(/["&'+<>\0]/gu, (character) => TEXT[character] ?? '');
}

/** Escapes markup that may have references already, which stay. */
export function normalizeText(text: string): string {
  return text.replace(/["'+<>\0]/gu, (character) => TEXT[character] ?? '');
}

/** Escapes for an attribute without quotes, which spaces would end. */
export function escapeUnquoted(text: string): string {
  return text.replace(/["&'+<>\0\t\n\v\f\r =`]/gu, (character) => UNQUOTED[character] ?? '');
}

/** The texts of markup, without its tags: what an attribute shows of it. */
export function stripTags(markup: string): string {
  return markup.replace(/<!--[\s\S]*?-->|<\/?[a-zA-Z](?:[^>"']|"[^"]*"|'[^']*')*>/gu, '');
}

/** What the references of an attribute's value stand for. */
export function unescapeHtml(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#[xX]([0-9a-fA-F]{1,6})|(\w+));?/gu, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return NAMED[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= LAST_CODE_POINT ? String.fromCodePoint(code) : whole;
  });
}
