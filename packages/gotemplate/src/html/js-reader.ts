/** Where a reading of JavaScript is. */
export type JsState = 'code' | 'double' | 'single' | 'template' | 'regexp' | 'line comment' | 'block comment';

const BEFORE_REGEXP =
  /(?:^|[^\w$])(?:break|case|continue|delete|do|else|finally|in|instanceof|return|throw|try|typeof|void)$|[-+*%&|^~!=<>?:;,({[}/]$|^$/u;
/** How much of the code before a slash tells what it begins. */
const REMEMBERED = 16;

/** Reads JavaScript as far as to know what kind of text a place in it is. */
export class JsReader {
  state: JsState = 'code';
  /** The code right before: it tells a division from a regular expression. */
  #before = '';
  /** Braces that are open in each `${` of template literals. */
  readonly #braces: number[] = [];
  #inClass = false;

  /** A value has been written into code: a slash after it divides. */
  valueWritten(): void {
    if (this.state === 'code') this.#before = ')';
  }

  read(text: string): void {
    for (let at = 0; at < text.length; at++) {
      const two = text.slice(at, at + 2);
      at += this.#character(text.charAt(at), two);
    }
  }

  /** @returns how many characters more it has read. */
  #character(character: string, two: string): number {
    switch (this.state) {
      case 'code':
        return this.#code(character, two);
      case 'line comment':
        if (/[\n\r\u2028\u2029]/u.test(character)) this.state = 'code';
        return 0;
      case 'block comment':
        if (two !== '*/') return 0;
        this.state = 'code';
        return 1;
      case 'template':
        return this.#template(character, two);
      case 'regexp':
        return this.#regexp(character);
    }
    if (character === '\\') return 1;
    if (character === (this.state === 'double' ? '"' : "'")) this.#end();
    return 0;
  }

  /** A literal has ended. */
  #end(): void {
    this.state = 'code';
    this.#before = ')';
  }

  #template(character: string, two: string): number {
    if (character === '\\') return 1;
    if (character === '`') this.#end();
    if (two !== '${') return 0;
    this.#braces.push(0);
    this.state = 'code';
    this.#before = '{';
    return 1;
  }

  #regexp(character: string): number {
    if (character === '\\') return 1;
    if (character === '[') this.#inClass = true;
    else if (character === ']') this.#inClass = false;
    else if (character === '/' && !this.#inClass) this.#end();
    return 0;
  }

  #code(character: string, two: string): number {
    if (two === '//' || two === '/*') {
      this.state = two === '//' ? 'line comment' : 'block comment';
      return 1;
    }
    if (character === '"') this.state = 'double';
    else if (character === "'") this.state = 'single';
    else if (character === '`') this.state = 'template';
    else if (character === '/' && BEFORE_REGEXP.test(this.#before.trimEnd())) {
      this.state = 'regexp';
      this.#inClass = false;
    } else this.#plain(character);
    return 0;
  }

  #plain(character: string): void {
    this.#before = (this.#before + character).slice(-REMEMBERED);
    const open = this.#braces.length - 1;
    if (open < 0) return;
    const depth = this.#braces[open] ?? 0;
    if (character === '{') this.#braces[open] = depth + 1;
    if (character !== '}') return;
    if (depth > 0) this.#braces[open] = depth - 1;
    else {
      this.#braces.pop();
      this.state = 'template';
    }
  }
}
