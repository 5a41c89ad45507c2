import { Parser } from 'htmlparser2';

/** Elements whose content nobody reads. */
const UNSEEN = new Set(['script', 'style']);

/** The text of an HTML document: scripts and styles dropped, entities decoded, white space collapsed. */
export function htmlText(html: string): string {
  const pieces: string[] = [];
  let unseen = 0;
  const parser = new Parser({
    onopentagname: (name) => {
      if (UNSEEN.has(name)) unseen += 1;
    },
    onclosetag: (name) => {
      if (UNSEEN.has(name)) unseen -= 1;
    },
    ontext: (text) => {
      if (unseen === 0) pieces.push(text);
    },
  });
  parser.end(html);
  return pieces.join('').replace(/\s+/g, ' ').trim();
}
