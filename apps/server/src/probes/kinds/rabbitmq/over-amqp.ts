import { openAmqp } from '../../amqp/open.ts';
import type { ProbeRun } from '../../kind.ts';
import type { Queues } from './queue-facts.ts';
import type { Settings } from './settings.ts';

/** Connects as an application does, and looks at the named queues: counts that are true at once. @throws ProbeFailure */
export async function lookOverAmqp(settings: Settings, queues: Queues, run: ProbeRun): Promise<void> {
  using amqp = await openAmqp(settings, run);
  if (amqp.version !== null) run.detail('version', amqp.version);
  const { vhost } = amqp;
  await run.phase('queues', async () => {
    for (const name of settings.queues) {
      const found = await amqp.onChannel(`the queue ${name}`, (channel) => channel.checkQueue(name));
      const { messageCount: ready, consumerCount: consumers } = found;
      queues.add({ vhost, name, ready, unacked: Number.NaN, consumers });
    }
  });
}

/** The vhost of an AMQP address; without one it is RabbitMQ's own default. */
export function vhostOf(url: string): string {
  const path = URL.parse(url)?.pathname.slice(1) ?? '';
  try {
    return path === '' ? '/' : decodeURIComponent(path);
  } catch {
    return path;
  }
}
