import type { Command } from '../command.ts';

/** What may stand first. */
export function globalWords(commands: readonly Command[]): string[] {
  return [...commands.map(({ name }) => name), 'help', '--help', '--version'];
}

/** A text in single quotes of bash, zsh and fish alike: without what they would have to escape. */
export function quoted(text: string): string {
  return `'${text.replaceAll(/['\\]/g, '’')}'`;
}
