/** Measures what a browser loads before the first page stands, and fails the build when it is too much. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Plugin } from 'vite';

/** Bytes, compressed, of all that the first page needs. */
const LIMIT = 200_000;
/** The page itself with the frame, and the module that the start page needs beside it. */
const FIRST = ['index.html', 'src/pages/now/now-page.tsx'];

interface Chunk {
  file: string;
  imports?: string[];
  css?: string[];
}

/** Prints the size of the first view. @throws when it is beyond the limit. */
export function firstView(): Plugin {
  let folder = '';
  return {
    name: 'first-view',
    apply: 'build',
    configResolved(config) {
      folder = join(config.root, config.build.outDir);
    },
    writeBundle() {
      const manifest = JSON.parse(readFileSync(join(folder, '.vite/manifest.json'), 'utf8')) as Record<
        string,
        Chunk
      >;
      const files = new Set(['index.html']);
      const add = (name: string): void => {
        const chunk = manifest[name];
        if (chunk === undefined) throw new Error(`the build has no ${name}`);
        if (files.has(chunk.file)) return;
        for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file);
        for (const imported of chunk.imports ?? []) add(imported);
      };
      for (const name of FIRST) add(name);
      const sizes = [...files].map((file) => gzipSync(readFileSync(join(folder, file)), { level: 9 }).length);
      const total = sizes.reduce((sum, size) => sum + size, 0);
      const text = `first view: ${(total / 1_000).toFixed(1)} kB gzip in ${files.size} files, of ${LIMIT / 1_000} kB`;
      if (total > LIMIT) throw new Error(`${text}: too much`);
      console.log(text);
    },
  };
}
