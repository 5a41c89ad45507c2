import { type Command, UsageError } from '../command.ts';
import { bashCompletion } from '../completion/bash.ts';
import { fishCompletion } from '../completion/fish.ts';
import { zshCompletion } from '../completion/zsh.ts';

const SHELLS: ReadonlyMap<string, (commands: readonly Command[]) => string> = new Map([
  ['bash', bashCompletion],
  ['zsh', zshCompletion],
  ['fish', fishCompletion],
]);

/** `commands`: loads all commands, from which the scripts are made. */
export function completionCommand(commands: () => Promise<readonly Command[]>): Command {
  const names = [...SHELLS.keys()];
  return {
    name: 'completion',
    usage: names.join('|'),
    summary: 'Prints a script that completes commands, actions and flags in a shell.',
    words: { flags: [], choices: names },
    help: () => `bash: eval "$(vigie completion bash)" in ~/.bashrc
zsh:  eval "$(vigie completion zsh)" in ~/.zshrc, after compinit
fish: vigie completion fish | source in ~/.config/fish/config.fish`,
    async run([shell = '', ...more], { out }) {
      const script = SHELLS.get(shell);
      if (script === undefined || more.length > 0)
        throw new UsageError(`it takes one of ${names.join(', ')}`);
      out(script(await commands()));
    },
  };
}
