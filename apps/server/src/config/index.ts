/** What other programs on the server's code, such as the command line, need to read its configuration. */
export type { Config } from './config.ts';
export { serverFlags } from './flags.ts';
export { helpText } from './help.ts';
export { loadConfig } from './load.ts';
export { ConfigError } from './problem.ts';
export { processSource } from './source.ts';
