import type { Channel } from 'amqplib';
import { type OpenAmqp, openAmqp } from '../../amqp/open.ts';
import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';
import type { Broker, QueueState } from './broker.ts';
import { type Inspection, inspectMessage, readReply } from './mailbox.ts';
import type { Settings } from './settings.ts';

/** Milliseconds without an answer after which workers that nobody knew of are not waited for. */
const QUIET = 100;

/**
 * Opens the broker of workers over AMQP. It does not tell how many workers a question reaches: `known` are those that
 * are waited for.
 * @throws ProbeFailure
 */
export async function openAmqpBroker(
  settings: Settings,
  known: readonly string[],
  run: ProbeRun,
): Promise<Broker> {
  const amqp = await openAmqp({ url: settings.broker, tls_ca: settings.tls_ca }, run);
  const exchange = `${settings.control_exchange}.pidbox`;
  return {
    inspect: (inspection, wait) => inspect(amqp, exchange, inspection, known, wait),
    queues: (names) => queues(amqp, names),
    unacknowledged: async () => null,
    [Symbol.dispose]: () => amqp[Symbol.dispose](),
  };
}

async function inspect(
  amqp: OpenAmqp,
  exchange: string,
  inspection: Inspection,
  known: readonly string[],
  wait: number,
): Promise<number | null> {
  // Made by the first worker since the broker's start.
  if (!(await isThere(amqp, `the exchange ${exchange}`, (channel) => channel.checkExchange(exchange))))
    return 0;
  return amqp.onChannel('the inspection of workers', async (channel) => {
    let heard = performance.now();
    let wake = (): void => undefined;
    let isNobody = false;
    channel.on('return', () => {
      isNobody = true;
      wake();
    });
    const { queue } = await channel.assertQueue('', { exclusive: true, autoDelete: true });
    await channel.consume(
      queue,
      (message) => {
        if (message !== null)
          inspection.take(readReply(message.properties.headers, message.content.toString()));
        heard = performance.now();
        wake();
      },
      { noAck: true },
    );
    ask(channel, exchange, inspection, queue);
    const until = performance.now() + wait;
    for (;;) {
      const now = performance.now();
      if (isNobody) return 0;
      const isComplete =
        known.length > 0 && inspection.hasAllOf(known) && inspection.hasAllOf(inspection.nodes);
      const rest = Math.min(until, isComplete ? heard + QUIET : until) - now;
      if (rest <= 0) return null;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, rest);
        wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  });
}

/** Replies go straight to our queue, by the default exchange: nothing to bind, no right to the workers' exchange. */
function ask(channel: Channel, exchange: string, inspection: Inspection, queue: string): void {
  for (const [method, ticket] of inspection.tickets) {
    const message = inspectMessage(method, ticket, { exchange: '', routing_key: queue });
    channel.publish(exchange, '', Buffer.from(JSON.stringify(message)), {
      mandatory: true,
      contentType: 'application/json',
      contentEncoding: 'utf-8',
      headers: { clock: 1 },
    });
  }
}

async function queues(amqp: OpenAmqp, names: readonly string[]): Promise<Map<string, QueueState>> {
  const found = new Map<string, QueueState>();
  for (const name of names) {
    let length: number | null = null;
    await isThere(amqp, `the queue ${name}`, async (channel) => {
      length = (await channel.checkQueue(name)).messageCount;
    });
    found.set(name, { length });
  }
  return found;
}

/** Whether a look at something found it. */
async function isThere(
  amqp: OpenAmqp,
  what: string,
  look: (channel: Channel) => Promise<unknown>,
): Promise<boolean> {
  try {
    await amqp.onChannel(what, look);
    return true;
  } catch (error) {
    if (error instanceof ProbeFailure && error.reason === 'not_found') return false;
    throw error;
  }
}
