import { signatureOf } from './signature.ts';

/** Which badges of a project an address may be for. */
export const WHOLE_PROJECT = '*';

/** Addresses by the names that the API gives them; a `3` tells late checks from those that are up. */
export type BadgeAddresses = Record<'svg' | 'svg3' | 'json' | 'json3' | 'shields' | 'shields3', string>;

/** The addresses of the badges of one tag, or of the whole project. */
export function badgeAddresses(
  options: { baseUrl: string; secretKey: string; badgeKey: string },
  tag: string,
): BadgeAddresses {
  const signature = signatureOf(options.secretKey, options.badgeKey, tag);
  const start = `${options.baseUrl}/badge/${options.badgeKey}/`;
  // Encoded twice: the first layer is gone before the tag is told from its suffix.
  const end = tag === WHOLE_PROJECT ? '' : `/${encodeURIComponent(encodeTag(tag))}`;
  const address = (form: string, format: string): string => `${start}${signature}${form}${end}.${format}`;
  return {
    svg: address('-2', 'svg'),
    svg3: address('', 'svg'),
    json: address('-2', 'json'),
    json3: address('', 'json'),
    shields: address('-2', 'shields'),
    shields3: address('', 'shields'),
  };
}

/** Leaves only characters that a badge's address may have after one decoding: letters, digits and `_.~-%`. */
function encodeTag(tag: string): string {
  const hex = (character: string): string => `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
  return encodeURIComponent(tag).replace(/[!'()*]/g, hex);
}
