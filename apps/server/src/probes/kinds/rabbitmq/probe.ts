import { amqpPort } from '../../amqp/open.ts';
import { ProbeFailure } from '../../failure.ts';
import { defineProbe } from '../../kind.ts';
import { instanceOf } from '../../setting-types.ts';
import { lookOverAmqp } from './over-amqp.ts';
import { lookOverHttp } from './over-http.ts';
import { Queues } from './queue-facts.ts';
import { settings } from './settings.ts';

/** A connection as applications make it, the management API, or both. */
export const rabbitmq = defineProbe({
  kind: 'rabbitmq',
  title: 'RabbitMQ',
  up: 'rabbitmq_up',
  interval: 60,
  timeout: 10,
  settings,
  thresholds: [
    { metric: 'rabbitmq_queue_messages_unconsumed', op: '>', warning: 0, for: 2 },
    { metric: 'rabbitmq_quorum_critical', op: '>', warning: 0, for: 2 },
  ],
  instance: ({ url, management_url }) =>
    url === ''
      ? instanceOf(management_url, management_url.startsWith('https:') ? 443 : 80)
      : instanceOf(url, amqpPort(url)),
  async probe(settings, run) {
    const queues = new Queues();
    const wrong = settings.management_url === '' ? [] : await lookOverHttp(settings, queues, run);
    // Last, for what it counts is true now. Not while something is wrong: an alarm is the better answer.
    if (settings.url !== '' && wrong.length === 0) await lookOverAmqp(settings, queues, run);
    queues.measure(run);
    if (wrong.length > 0) throw new ProbeFailure('unhealthy', wrong.join('; '));
  },
});
