/** What an attribute's value is read as. */
export type AttributeKind = 'plain' | 'url' | 'srcset' | 'css' | 'js';

const URLS: ReadonlySet<string> = new Set([
  'action',
  'archive',
  'background',
  'cite',
  'classid',
  'codebase',
  'data',
  'formaction',
  'href',
  'icon',
  'longdesc',
  'manifest',
  'poster',
  'profile',
  'src',
  'usemap',
  'xmlns',
]);
/** Names that a template may not make up: they change how others are read. */
const CHANGING: ReadonlySet<string> = new Set([
  'async',
  'charset',
  'challenge',
  'content',
  'defer',
  'enctype',
  'form',
  'formenctype',
  'formmethod',
  'formnovalidate',
  'http-equiv',
  'keytype',
  'language',
  'method',
  'name',
  'novalidate',
  'pattern',
  'readonly',
  'rel',
  'sandbox',
  'srcdoc',
  'type',
  'value',
]);

/** How the value of an attribute is read, by its name. */
export function attributeKind(written: string): AttributeKind {
  let name = written.toLowerCase();
  if (name.startsWith('data-')) name = name.slice('data-'.length);
  else if (name.startsWith('xmlns:')) return 'url';
  else if (name.includes(':')) name = name.slice(name.indexOf(':') + 1);
  if (name === 'srcset') return 'srcset';
  if (name === 'srcdoc') return 'plain';
  if (name === 'style') return 'css';
  if (name.startsWith('on')) return 'js';
  return URLS.has(name) || /src|uri|url/u.test(name) ? 'url' : 'plain';
}

/** What stands for a value that may not be where it is. */
export const REFUSED = 'ZgotmplZ';

/** A name of an attribute that a template gives; one that is more than a plain name is refused. */
export function safeName(name: string): string {
  const lower = name.toLowerCase();
  const plain = /^[a-z0-9]+$/u.test(lower) && attributeKind(lower) === 'plain' && !CHANGING.has(lower);
  return plain ? lower : REFUSED;
}
