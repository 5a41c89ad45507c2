import type { Command, Flag, Words } from '../command.ts';
import { quoted } from './offered.ts';

/** A script for `vigie completion fish | source`, or for `~/.config/fish/completions/vigie.fish`. */
export function fishCompletion(commands: readonly Command[]): string {
  return [
    '# Completion of vigie in fish: vigie completion fish | source',
    'complete -c vigie -n __fish_use_subcommand -f -l help',
    'complete -c vigie -n __fish_use_subcommand -f -l version',
    ...commands.flatMap(linesOf),
  ].join('\n');
}

function linesOf({ name, summary, words, actions }: Command): string[] {
  const here = `__fish_seen_subcommand_from ${name}`;
  const first = `complete -c vigie -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`;
  if (actions === undefined) return [first, ...wordLines(here, words)];
  const names = [...actions.keys()].join(' ');
  return [
    first,
    ...wordLines(`${here}; and not __fish_seen_subcommand_from ${names}`, words),
    ...[...actions].flatMap(([action, own]) =>
      wordLines(`${here}; and __fish_seen_subcommand_from ${action}`, own),
    ),
  ];
}

function wordLines(condition: string, { flags, choices }: Words): string[] {
  const where = `complete -c vigie -n ${quoted(condition)}`;
  const words = choices === undefined ? [] : [`${where} -f -a ${quoted(choices.join(' '))}`];
  return [
    ...words,
    ...flags.map(({ name, takesValue }: Flag) => `${where} -l ${name.slice(2)}${takesValue ? ' -r' : ''}`),
  ];
}
