import type { Command } from '../command.ts';
import { accounts } from './accounts.ts';
import { alerts } from './alerts.ts';
import { applyCommand } from './apply.ts';
import { backup } from './backup.ts';
import { checks } from './checks.ts';
import { completionCommand } from './completion.ts';
import { configCommand } from './config.ts';
import { discoverCommand } from './discover.ts';
import { drill } from './drill.ts';
import { ensureCommand } from './ensure.ts';
import { execCommand } from './exec.ts';
import { exportCommand } from './export.ts';
import { pingCommand } from './ping.ts';
import { planCommand } from './plan.ts';
import { probeCommand } from './probe.ts';
import { restore } from './restore.ts';
import { server } from './server.ts';
import { setupCommand } from './setup.ts';
import { silences } from './silences.ts';
import { statusCommand } from './status.ts';

/** Every command, in the order of the help. */
export const commands: readonly Command[] = [
  server,
  statusCommand,
  checks,
  pingCommand,
  execCommand,
  setupCommand,
  ensureCommand,
  discoverCommand,
  configCommand,
  planCommand,
  applyCommand,
  exportCommand,
  probeCommand,
  alerts,
  silences,
  drill,
  accounts,
  backup,
  restore,
  completionCommand(() => commands),
];

export const DEFAULT_COMMAND = 'server';
