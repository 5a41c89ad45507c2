import { type AttributeKind, attributeKind } from './attributes.ts';
import { CssReader } from './css-reader.ts';
import { unescapeHtml } from './escape-html.ts';
import { JsReader } from './js-reader.ts';

/** Where a reading of HTML is. */
export type HtmlState =
  | 'text'
  | 'comment'
  | 'tag'
  | 'attribute name'
  | 'before value'
  | 'value'
  /** The text of an element without elements in it. */
  | 'raw text'
  | 'script'
  | 'style';

/** Which part of an address has been reached. */
export type UrlPart = 'start' | 'path' | 'query';

const SPACE = /\s/u;
const TAG = /<(\/?)([a-zA-Z][a-zA-Z0-9:-]*)/uy;
const DOCTYPE = /<!doctype/iuy;
const RAW: Readonly<Record<string, HtmlState>> = {
  title: 'raw text',
  textarea: 'raw text',
  script: 'script',
  style: 'style',
};
/** Types of scripts that are JavaScript, or JSON, whose values are escaped alike. */
const SCRIPTS =
  /^(?:|module|importmap|speculationrules|(?:text|application)\/(?:javascript|ecmascript|json|ld\+json|x-javascript|x-ecmascript|jscript|livescript|[\w.-]+\+json))$/u;

/**
 * Reads HTML while it is written, so far as to know where a value would stand. It answers what of a text is to be
 * written: comments are not, and a `<` that begins no tag is escaped.
 */
export class HtmlReader {
  state: HtmlState = 'text';
  /** The quote of the value that is read; empty where it has none. */
  quote: '"' | "'" | '' = '';
  kind: AttributeKind = 'plain';
  urlPart: UrlPart = 'start';
  js = new JsReader();
  css = new CssReader();
  #name = '';
  /** The element whose start tag is read, or whose raw text is. */
  #element = '';
  #type = '';

  read(text: string): string {
    let written = '';
    let at = 0;
    while (at < text.length) {
      const before = this.state;
      const end = this.#step(text, at);
      written += this.#shown(before, text, at, end);
      at = Math.abs(end);
    }
    return written;
  }

  #shown(before: HtmlState, text: string, at: number, end: number): string {
    // What is negative has been read but is not written.
    if (end < 0) return '';
    const piece = text.slice(at, end);
    const escapes =
      before === 'raw text' ? this.state === 'raw text' : this.state === 'text' && piece === '<';
    return escapes ? piece.replaceAll('<', '&lt;') : piece;
  }

  /** A value is written where reading is: an attribute's value begins with it, or a name is made of it. */
  valueWritten(): void {
    if (this.state === 'tag') this.#beginName();
    if (this.state === 'before value') this.#beginValue('');
    if (this.state === 'script' || this.kind === 'js') this.js.valueWritten();
  }

  /** Before a value is escaped: in a tag it is a name, behind `=` it has no quotes. */
  expectValue(): void {
    if (this.state === 'before value') this.#beginValue('');
  }

  #step(text: string, at: number): number {
    switch (this.state) {
      case 'text':
        return this.#text(text, at);
      case 'comment':
        return this.#comment(text, at);
      case 'tag':
        return this.#tag(text, at);
      case 'attribute name':
        return this.#attributeName(text, at);
      case 'before value':
        return this.#beforeValue(text, at);
      case 'value':
        return this.#value(text, at);
    }
    return this.#raw(text, at);
  }

  #text(text: string, at: number): number {
    if (text.charAt(at) !== '<') {
      const next = text.indexOf('<', at);
      return next === -1 ? text.length : next;
    }
    if (text.startsWith('<!--', at)) {
      this.state = 'comment';
      return -(at + 4);
    }
    TAG.lastIndex = at;
    const [whole, closing, name] = TAG.exec(text) ?? [];
    if (whole !== undefined) {
      this.state = 'tag';
      this.#element = closing === '' ? (name ?? '').toLowerCase() : '';
      this.#type = '';
      return at + whole.length;
    }
    DOCTYPE.lastIndex = at;
    return DOCTYPE.test(text) ? at + '<!doctype'.length : at + 1;
  }

  #comment(text: string, at: number): number {
    const end = text.indexOf('-->', at);
    if (end === -1) return -text.length;
    this.state = 'text';
    return -(end + 3);
  }

  #tag(text: string, at: number): number {
    const character = text.charAt(at);
    if (character === '>') {
      this.state = this.#content();
      return at + 1;
    }
    if (SPACE.test(character) || character === '/') return at + 1;
    this.#beginName();
    return at;
  }

  #content(): HtmlState {
    const state = RAW[this.#element] ?? 'text';
    if (state === 'script') this.js = new JsReader();
    if (state === 'style') this.css = new CssReader();
    return state === 'script' && !SCRIPTS.test(this.#type) ? 'text' : state;
  }

  #beginName(): void {
    this.state = 'attribute name';
    this.#name = '';
  }

  #attributeName(text: string, at: number): number {
    const character = text.charAt(at);
    if (character === '=') {
      this.state = 'before value';
      return at + 1;
    }
    if (SPACE.test(character)) {
      // Spaces may stand between a name and its `=`.
      const next = skipSpaces(text, at);
      if (text.charAt(next) !== '=') this.state = 'tag';
      return next;
    }
    if (character === '>' || character === '/') {
      this.state = 'tag';
      return at;
    }
    this.#name += character;
    return at + 1;
  }

  #beforeValue(text: string, at: number): number {
    const character = text.charAt(at);
    if (SPACE.test(character)) return at + 1;
    if (character === '>') {
      this.state = 'tag';
      return at;
    }
    const quoted = character === '"' || character === "'";
    this.#beginValue(quoted ? character : '');
    return quoted ? at + 1 : at;
  }

  #beginValue(quote: '"' | "'" | ''): void {
    this.state = 'value';
    this.quote = quote;
    this.kind = attributeKind(this.#name);
    this.urlPart = 'start';
    if (this.kind === 'js') this.js = new JsReader();
    if (this.kind === 'css') this.css = new CssReader();
  }

  #value(text: string, at: number): number {
    const end = this.#valueEnd(text, at);
    const piece = text.slice(at, end);
    this.#readValue(unescapeHtml(piece));
    if (end === text.length) return end;
    this.state = 'tag';
    this.kind = 'plain';
    return this.quote === '' ? end : end + 1;
  }

  #valueEnd(text: string, at: number): number {
    if (this.quote !== '') {
      const end = text.indexOf(this.quote, at);
      return end === -1 ? text.length : end;
    }
    const end = text.slice(at).search(/[\s>]/u);
    return end === -1 ? text.length : at + end;
  }

  #readValue(value: string): void {
    if (this.#element === 'script' && this.#name.toLowerCase() === 'type')
      this.#type += value.trim().toLowerCase();
    if (this.kind === 'js') this.js.read(value);
    if (this.kind === 'css') this.css.read(value);
    if (/[?#]/u.test(value)) this.urlPart = 'query';
    else if (this.urlPart === 'start' && value.trim() !== '') this.urlPart = 'path';
  }

  #raw(text: string, at: number): number {
    const found = text.toLowerCase().indexOf(`</${this.#element}`, at);
    const end = found === -1 ? text.length : found;
    if (found === at) return this.#closeRaw(at);
    const piece = text.slice(at, end);
    if (this.state === 'script') this.js.read(piece);
    if (this.state === 'style') this.css.read(piece);
    return end;
  }

  #closeRaw(at: number): number {
    const end = at + `</${this.#element}`.length;
    this.state = 'tag';
    this.#element = '';
    return end;
  }
}

function skipSpaces(text: string, from: number): number {
  let at = from;
  while (at < text.length && SPACE.test(text.charAt(at))) at++;
  return at;
}
