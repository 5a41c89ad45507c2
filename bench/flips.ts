/** What a flip costs the writer alone: no deliveries, no pings, one group after another. */
import { randomUUID } from 'node:crypto';
import { createCommands } from '../apps/server/src/commands.ts';
import type { Job } from '../apps/server/src/store/group.ts';
import { commitGroup } from '../apps/server/src/store/group-commit.ts';
import { openStore } from '../apps/server/src/store/open.ts';
import { seed } from './support/seed.ts';
import { temporaryFolder } from './support/server.ts';
import { median, round, table } from './support/table.ts';

const CHECKS = 50_000;
const ROUNDS = 3;
const SOURCE = { newId: randomUUID, origin: 'bench' };

/** Microseconds of wall time and of CPU for each check that goes down, with one message each to be queued. */
export async function flips(): Promise<string> {
  const rows: (string | number)[][] = [['round', 'us a flip', 'us of CPU a flip', 'longest transaction, ms']];
  const costs: number[] = [];
  for (let i = 1; i <= ROUNDS; i++) {
    const { wall, cpu, longest } = await expireAll();
    costs.push(cpu);
    rows.push([i, round(wall), round(cpu), round(longest)]);
  }
  return `${table(rows)}\n\nMedian: ${round(median(costs))} us of CPU a flip.`;
}

async function expireAll(): Promise<{ wall: number; cpu: number; longest: number }> {
  using folder = temporaryFolder();
  const url = `sqlite:${folder.path}/vigie.db`;
  const due = Date.now();
  await seed(url, { checks: CHECKS, deadline: () => due, webhook: 'http://127.0.0.1:1/$CODE' });
  const store = openStore(url, { connections: 1 });
  try {
    const commands = createCommands({ checkLimit: CHECKS });
    const cpuBefore = process.cpuUsage();
    const from = performance.now();
    let longest = 0;
    for (let left = true; left; ) {
      const began = performance.now();
      const job: Job = { name: 'checks.expire', input: null, at: Date.now() };
      const { outcomes } = await commitGroup(store, commands, [job], SOURCE);
      const [outcome] = outcomes;
      if (outcome?.ok !== true) throw outcome?.error;
      left = (outcome.value as { isLeft: boolean }).isLeft;
      longest = Math.max(longest, performance.now() - began);
    }
    const { user, system } = process.cpuUsage(cpuBefore);
    const wall = ((performance.now() - from) * 1000) / CHECKS;
    return { wall, cpu: (user + system) / CHECKS, longest };
  } finally {
    await store.close();
  }
}
