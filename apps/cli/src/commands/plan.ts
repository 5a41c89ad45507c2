import { singleCommand } from '../client/client-command.ts';
import type { Command } from '../command.ts';
import { planText } from '../declared/plan-text.ts';
import { declaredIn, fileNamed, handIn } from '../declared/read-file.ts';

export const OWNER_HELP = `  --owner NAME     whose file it is; default apply. What a file of the same owner made earlier and this one names
                   no more is deleted; what others made, people or files, is never touched`;

export const planCommand: Command = singleCommand(
  {
    name: 'plan',
    usage: '[file] [--owner NAME]',
    summary: 'Shows what vigie apply would change: + made, ~ changed, - deleted, = let go',
    options: { owner: { type: 'string' } },
    async run(call) {
      const plan = await handIn(call, 'plan', await declaredIn(fileNamed(call.words)));
      call.show(plan, planText(plan, 'would'));
    },
  },
  `The file is vigie.yml unless named; its variables are those that are set here. Nothing is changed.\n${OWNER_HELP}`,
);
