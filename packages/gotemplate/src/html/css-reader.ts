/** Where a reading of CSS is; `url` is within `url(`, with or without quotes. */
export type CssState =
  | 'code'
  | 'double'
  | 'single'
  | 'url'
  | 'double url'
  | 'single url'
  | 'comment'
  | 'line comment';

/** `url(`, with a quote if it has one. */
const URL_START = /(?:^|[^\w-])url\(\s*(["']?)$/iu;
/** The longest beginning of a `url(` that is looked at. */
const REMEMBERED = 32;

/** Reads CSS as far as to know what kind of text a place in it is. */
export class CssReader {
  state: CssState = 'code';
  #before = '';

  read(text: string): void {
    for (let at = 0; at < text.length; at++) at += this.#character(text.charAt(at), text.slice(at, at + 2));
  }

  /** @returns how many characters more it has read. */
  #character(character: string, two: string): number {
    switch (this.state) {
      case 'code':
        return this.#code(character, two);
      case 'comment':
        if (two !== '*/') return 0;
        this.state = 'code';
        return 1;
      case 'line comment':
        if (/[\n\f\r]/u.test(character)) this.state = 'code';
        return 0;
      case 'url':
        if (/["']/u.test(character) && URL_START.test(this.#before + character))
          this.state = character === '"' ? 'double url' : 'single url';
        else if (character === ')') this.#leave();
        else this.#before += /\s/u.test(character) ? '' : character;
        return 0;
    }
    if (character === '\\') return 1;
    if (character === (this.state.startsWith('double') ? '"' : "'")) this.#leave();
    return 0;
  }

  #leave(): void {
    this.state = 'code';
    this.#before = '';
  }

  #code(character: string, two: string): number {
    if (two === '/*' || two === '//') {
      this.state = two === '/*' ? 'comment' : 'line comment';
      return 1;
    }
    if (character === '"') this.state = 'double';
    else if (character === "'") this.state = 'single';
    this.#before = (this.#before + character).slice(-REMEMBERED);
    if (character === '(' && URL_START.test(this.#before)) this.state = 'url';
    return 0;
  }
}
