import type { ResetLink } from '@vigie/contract';
import { type ActionCall, clientCommand, onlyWord } from '../client/client-command.ts';
import type { Command } from '../command.ts';

async function resetSecondFactor(call: ActionCall): Promise<void> {
  const email = onlyWord(call, 'e-mail address');
  await call.client.call('DELETE', `/users/${encodeURIComponent(email)}/second-factor`);
  call.show({ email }, `the second factor of ${email} is off: the password alone leads in`);
}

async function resetLink(call: ActionCall): Promise<void> {
  const email = onlyWord(call, 'e-mail address');
  const link = await call.client.call<ResetLink>('POST', `/users/${encodeURIComponent(email)}/reset-link`);
  call.show(link, link.url);
}

export const accounts: Command = clientCommand(
  'accounts',
  'Lets people in again; the key is the admin token.',
  [
    {
      name: 'reset-second-factor',
      usage: '<e-mail>',
      summary: 'Turns off the second factor of somebody who lost it',
      run: resetSecondFactor,
    },
    {
      name: 'reset-link',
      usage: '<e-mail>',
      summary: 'Prints a link to a new password, which works once, within an hour',
      run: resetLink,
    },
  ],
);
