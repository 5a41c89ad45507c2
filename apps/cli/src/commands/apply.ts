import { singleCommand } from '../client/client-command.ts';
import type { Command } from '../command.ts';
import { planText } from '../declared/plan-text.ts';
import { declaredIn, fileNamed, handIn } from '../declared/read-file.ts';
import { OWNER_HELP } from './plan.ts';

export const applyCommand: Command = singleCommand(
  {
    name: 'apply',
    usage: '[file] [--owner NAME]',
    summary: 'Makes services, checks and channels as a file declares them; a second time changes nothing',
    options: { owner: { type: 'string' } },
    async run(call) {
      const file = await declaredIn(fileNamed(call.words));
      // Told by its line, what is against it; the server would refuse it too.
      await handIn(call, 'plan', file);
      const done = await handIn(call, 'apply', file);
      call.show(done, planText(done, 'did'));
    },
  },
  `The file is vigie.yml unless named; its variables are those that are set here. All of it is applied, or nothing.\n${OWNER_HELP}`,
);
