import type { ConfigSource } from './source.ts';

/** A source of nothing but what is handed in, for tests and the simulation. */
export function memorySource(given: {
  env?: Record<string, string>;
  argv?: string[];
  /** Contents by path. */
  files?: Record<string, string>;
}): ConfigSource {
  const files = new Map(Object.entries(given.files ?? {}));
  return {
    env: given.env ?? {},
    argv: given.argv ?? [],
    readFile(path) {
      const content = files.get(path);
      if (content === undefined) throw new Error('no such file');
      return content;
    },
    fileExists: (path) => files.has(path),
  };
}
