import type { Command } from '../command.ts';
import { backup } from './backup.ts';
import { restore } from './restore.ts';
import { server } from './server.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [server, backup, restore];

export const DEFAULT_COMMAND = 'server';
