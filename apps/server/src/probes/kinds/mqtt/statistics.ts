import type { ProbeRun } from '../../kind.ts';

/** Topics of Mosquitto (mosquitto(8), "Broker Status") by the names of the mosquitto exporter. */
const METRICS: Record<string, string> = {
  '$SYS/broker/clients/connected': 'broker_clients_connected',
  '$SYS/broker/clients/disconnected': 'broker_clients_disconnected',
  '$SYS/broker/clients/maximum': 'broker_clients_maximum',
  '$SYS/broker/messages/received': 'broker_messages_received',
  '$SYS/broker/messages/sent': 'broker_messages_sent',
  '$SYS/broker/store/messages/count': 'broker_messages_stored',
  '$SYS/broker/publish/messages/dropped': 'broker_publish_messages_dropped',
  '$SYS/broker/retained messages/count': 'broker_retained_messages_count',
  '$SYS/broker/subscriptions/count': 'broker_subscriptions_count',
  '$SYS/broker/bytes/received': 'broker_bytes_received',
  '$SYS/broker/bytes/sent': 'broker_bytes_sent',
  '$SYS/broker/uptime': 'broker_uptime',
};
const VERSION = '$SYS/broker/version';

export const STATISTIC_TOPICS = [...Object.keys(METRICS), VERSION];

/** Measures what was retained below `$SYS`: another broker than Mosquitto has other topics, or none. */
export function measureStatistics(statistics: ReadonlyMap<string, string>, run: ProbeRun): void {
  for (const [topic, name] of Object.entries(METRICS)) {
    // `123 seconds` is how the uptime is told.
    const number = /^\d+(\.\d+)?(?= seconds$|$)/.exec(statistics.get(topic) ?? '')?.[0];
    if (number !== undefined) run.measure(name, Number(number));
  }
  const version = /\d+(\.\d+)+/.exec(statistics.get(VERSION) ?? '')?.[0];
  if (version !== undefined) run.detail('version', version);
  const connected = statistics.get('$SYS/broker/clients/connected');
  if (connected !== undefined) run.detail('connected_clients', Number(connected));
}
