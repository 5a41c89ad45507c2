import type { Place } from '../evaluate/place.ts';
import type { Writer } from '../evaluate/writer.ts';
import { sprint } from '../format/print.ts';
import type { Meter } from '../limits.ts';
import type { Action } from '../syntax/ast.ts';
import { TemplateError } from '../template-error.ts';
import { HTML, SAFE_URL } from '../values/safe-text.ts';
import { GoNamed, type GoValue } from '../values/value.ts';
import { REFUSED, safeName } from './attributes.ts';
import { escapeCss, filterCss } from './escape-css.ts';
import { escapeText, escapeUnquoted, normalizeText, stripTags } from './escape-html.ts';
import { escapeJsRegexp, escapeJsString, escapeJsTemplate, jsValue } from './escape-js.ts';
import { escapeUrl, filterSrcset, filterUrl, normalizeUrl } from './escape-url.ts';
import { HtmlReader } from './html-reader.ts';

/** Longer markup in an attribute is shown with its tags: to find them takes the square of its length. */
const LONGEST_MARKUP = 10_000;

/** Escapers that a pipeline may end with: what they gave is not escaped a second time. */
const ESCAPERS = ['html', 'urlquery'];

/**
 * Writes values so that they stay what they are where they stand: text, a part of an address, a string of a script.
 * Where that is follows from what has been written before; Go decides it before, from all that could be written, and
 * refuses templates in which that is not one and the same.
 */
export class HtmlWriter implements Writer {
  readonly #parts: string[] = [];
  readonly #reader = new HtmlReader();

  get output(): string {
    return this.#parts.join('');
  }

  /** @throws {TemplateError} when what was written does not end as text. */
  end(name: string): void {
    if (this.#reader.state !== 'text')
      throw new TemplateError('execute', `html/template:${name}: ends in a non-text context`);
  }

  text(text: string): string {
    return this.#push(this.#reader.read(text));
  }

  value(value: GoValue, node: Action, _place: Place, meter: Meter): string {
    this.#reader.expectValue();
    const escaped = this.#escape(value, endsWith(node), meter);
    this.#reader.valueWritten();
    return this.#push(escaped);
  }

  #push(text: string): string {
    this.#parts.push(text);
    return text;
  }

  #escape(value: GoValue, escaper: string | undefined, meter: Meter): string {
    const text = textOf(value, meter);
    const markup = value instanceof GoNamed && value.type === HTML;
    switch (this.#reader.state) {
      case 'text':
        return markup || escaper === 'html' ? text : escapeText(text);
      case 'raw text':
        if (escaper === 'html') return text;
        return markup ? normalizeText(text) : escapeText(text);
      case 'tag':
      case 'attribute name':
        return safeName(text);
      case 'value':
        return this.#attribute(
          markup && text.length <= LONGEST_MARKUP ? stripTags(text) : text,
          value,
          escaper,
          meter,
        );
      case 'script':
        return this.#script(text, value, meter);
      case 'style':
        return this.#style(text);
    }
    return '';
  }

  #attribute(text: string, value: GoValue, escaper: string | undefined, meter: Meter): string {
    const inner = this.#inAttribute(text, value, escaper, meter);
    if (this.#reader.quote === '') return inner === '' ? REFUSED : escapeUnquoted(inner);
    if (escaper === 'html' && this.#reader.kind === 'plain') return inner;
    return value instanceof GoNamed && value.type === HTML ? normalizeText(inner) : escapeText(inner);
  }

  #inAttribute(text: string, value: GoValue, escaper: string | undefined, meter: Meter): string {
    switch (this.#reader.kind) {
      case 'url':
        return this.#url(text, value, escaper);
      case 'srcset':
        return filterSrcset(text);
      case 'js':
        return this.#script(text, value, meter);
      case 'css':
        return this.#style(text);
    }
    return text;
  }

  #url(text: string, value: GoValue, escaper: string | undefined): string {
    const trusted = value instanceof GoNamed && value.type === SAFE_URL;
    if (this.#reader.urlPart === 'query')
      return trusted || escaper === 'urlquery' ? normalizeUrl(text) : escapeUrl(text);
    return normalizeUrl(trusted || this.#reader.urlPart === 'path' ? text : filterUrl(text));
  }

  #script(text: string, value: GoValue, meter: Meter): string {
    switch (this.#reader.js.state) {
      case 'code':
        return jsValue(value, meter);
      case 'template':
        return escapeJsTemplate(text);
      case 'regexp':
        return escapeJsRegexp(text);
      case 'double':
      case 'single':
        return escapeJsString(text);
    }
    return '';
  }

  #style(text: string): string {
    switch (this.#reader.css.state) {
      case 'code':
        return filterCss(text);
      case 'double':
      case 'single':
        return escapeCss(text);
      case 'url':
      case 'double url':
      case 'single url':
        return normalizeUrl(filterUrl(text));
    }
    return '';
  }
}

/** No value is no text here, not even `<no value>`. */
function textOf(value: GoValue, meter: Meter): string {
  return value === undefined || value === null ? '' : sprint([value], meter);
}

function endsWith({ pipeline }: Action): string | undefined {
  const last = pipeline.commands.at(-1)?.words[0];
  return last?.kind === 'identifier' && ESCAPERS.includes(last.name) ? last.name : undefined;
}
