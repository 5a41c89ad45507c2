import type { BadgeStatus } from './tally.ts';

const COLOURS: Record<BadgeStatus, string> = { up: '#4c1', late: '#fe7d37', down: '#e05d44' };
const LABEL_COLOUR = '#555';
/** Pixels. */
const HEIGHT = 20;
const PADDING = 6;
const FONT_SIZE = 11;
/** A longer label is cut: a badge is one word in a line of text. */
const LONGEST_LABEL = 100;

/** A flat badge: the label, then the status on its colour. */
export function badgeSvg(label: string, status: BadgeStatus): string {
  const text = shortened(label);
  const left = textWidth(text) + 2 * PADDING;
  const right = textWidth(status) + 2 * PADDING;
  const title = escapeXml(`${text}: ${status}`);
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${left + right}" height="${HEIGHT}" role="img" aria-label="${title}">`,
    `<title>${title}</title>`,
    `<clipPath id="r"><rect width="${left + right}" height="${HEIGHT}" rx="3"/></clipPath>`,
    '<g clip-path="url(#r)">',
    `<path fill="${LABEL_COLOUR}" d="M0 0h${left}v${HEIGHT}H0z"/>`,
    `<path fill="${COLOURS[status]}" d="M${left} 0h${right}v${HEIGHT}H${left}z"/>`,
    '</g>',
    `<g fill="#fff" text-anchor="middle" font-family="Verdana,DejaVu Sans,sans-serif" font-size="${FONT_SIZE}">`,
    textElement(left / 2, text),
    textElement(left + right / 2, status),
    '</g></svg>',
  ].join('');
}

function textElement(x: number, text: string): string {
  return `<text x="${x}" y="14">${escapeXml(text)}</text>`;
}

function shortened(label: string): string {
  const characters = [...label];
  return characters.length <= LONGEST_LABEL ? label : `${characters.slice(0, LONGEST_LABEL).join('')}…`;
}

/** Pixels that a text takes in 11 px Verdana, near enough: narrow, ordinary and wide characters. */
function textWidth(text: string): number {
  let width = 0;
  for (const character of text) width += characterWidth(character);
  return Math.ceil(width);
}

function characterWidth(character: string): number {
  if (/[\sfijlrt.,:;'!|()[\]I/\\-]/.test(character)) return 4.5;
  if (/[mwMW@%]/.test(character)) return 10.5;
  if (/[A-Z]/.test(character)) return 8;
  // Ideographs and signs are as wide as they are high.
  return character.codePointAt(0)! >= 0x1100 ? FONT_SIZE : 7;
}

const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** XML has no way to write control characters. */
function escapeXml(text: string): string {
  return (
    text
      // biome-ignore lint/suspicious/noControlCharactersInRegex: those are meant.
      .replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, '\ufffd')
      .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
  );
}
