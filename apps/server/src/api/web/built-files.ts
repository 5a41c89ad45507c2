/** The files of the built web UI, as they lie in its package. */
import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, extname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.webmanifest': 'application/manifest+json',
};
/** Encodings that the build has made, the better one first, with the ending of their files. */
const ENCODINGS = [
  ['br', '.br'],
  ['gzip', '.gz'],
] as const;

/** A file in the encoding that its reader takes. */
export interface EncodedFile {
  type: string;
  encoding: 'br' | 'gzip' | null;
  bytes: Buffer;
}

/** Where `npm run build:web` puts the UI. */
export function builtFolder(): string {
  return join(dirname(fileURLToPath(import.meta.resolve('@vigie/web/package.json'))), 'dist');
}

/** The names of all files that were built, e.g. `assets/index-4f2a.js`: nothing else is ever read. */
export class BuiltFiles {
  readonly #folder: string;
  readonly #names: ReadonlySet<string>;

  constructor(folder = builtFolder()) {
    this.#folder = folder;
    const names = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: 'utf8' }) : [];
    this.#names = new Set(names.map((name) => name.replaceAll(sep, '/')));
  }

  /** Whether the UI was built. */
  get exist(): boolean {
    return this.#names.has('index.html');
  }

  /** The names of files that may be asked for; compressed copies are none of their own. */
  get names(): string[] {
    return [...this.#names].filter((name) => extname(name) in TYPES);
  }

  /** Reads a file in the best encoding that `accepted` names; null = there is none. */
  async read(name: string, accepted: string): Promise<EncodedFile | null> {
    const type = TYPES[extname(name)];
    if (type === undefined || !this.#names.has(name)) return null;
    const found = ENCODINGS.find(([encoding, ending]) => {
      return accepts(accepted, encoding) && this.#names.has(name + ending);
    });
    const [encoding, ending] = found ?? [null, ''];
    return { type, encoding, bytes: await readFile(join(this.#folder, name + ending)) };
  }
}

/** Whether an `Accept-Encoding` names an encoding without refusing it (RFC 9110, section 12.5.3). */
function accepts(header: string, encoding: string): boolean {
  return header.split(',').some((part) => {
    const [name = '', ...parameters] = part.split(';').map((text) => text.trim().toLowerCase());
    return name === encoding && !parameters.some((parameter) => /^q=0(?:\.0*)?$/.test(parameter));
  });
}
