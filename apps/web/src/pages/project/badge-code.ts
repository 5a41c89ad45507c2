/** What is pasted elsewhere to show a badge there. */

export const BADGE_FORMATS = ['markdown', 'html', 'svg', 'json', 'shields'] as const;

export type BadgeFormat = (typeof BADGE_FORMATS)[number];

export interface BadgeAddresses {
  url_svg: string;
  url_json: string;
  url_shields: string;
}

/** The text for a place that takes this format; `name` is what the badge is of. */
export function badgeCode(format: BadgeFormat, addresses: BadgeAddresses, name: string): string {
  switch (format) {
    case 'markdown':
      return `![${name.replaceAll(/[[\]\\]/g, '\\$&')}](${addresses.url_svg})`;
    case 'html':
      return `<img src="${addresses.url_svg}" alt="${escapeAttribute(name)}">`;
    case 'svg':
      return addresses.url_svg;
    case 'json':
      return addresses.url_json;
    case 'shields':
      return addresses.url_shields;
  }
}

function escapeAttribute(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
}
