import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { PingOutcome } from '../../checks/receive.ts';

/** What the server counts about itself; `/metrics` shows it. */
export class SelfMetrics {
  readonly registry = new Registry();
  readonly pings: Counter<'outcome'>;
  readonly pingSeconds: Histogram;
  /** Counts the answer to one ping, whatever it came by. */
  readonly countPing = (outcome: PingOutcome): void => this.pings.inc({ outcome });
  readonly flips: Counter;
  readonly deadlineLag: Histogram;
  readonly deliveries: Counter<'outcome'>;
  readonly clockSteps: Counter;
  readonly alertsPosted: Counter<'source'>;
  readonly alertsRefused: Counter<'reason'>;
  readonly probeRuns: Counter<'outcome'>;
  readonly probeLag: Histogram;
  readonly probesSkipped: Gauge;
  /** Counts runs of probes; `late`: milliseconds by which each began after its instant. */
  readonly countRuns = (count: number, failed: number, late: readonly number[], skipped: number): void => {
    this.probeRuns.inc({ outcome: 'well' }, count - failed);
    this.probeRuns.inc({ outcome: 'failed' }, failed);
    for (const ms of late) this.probeLag.observe(ms / 1000);
    if (skipped > 0) this.probesSkipped.set(skipped);
  };
  #others: (() => Promise<string>)[] = [];

  constructor(gauges: {
    queuedWrites(): number;
    nextDeadline(): number;
    firingAlerts?(): Promise<number>;
  }) {
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.pings = new Counter({
      name: 'vigie_pings_total',
      help: 'Pings answered, by outcome.',
      labelNames: ['outcome'],
      registers,
    });
    this.pingSeconds = new Histogram({
      name: 'vigie_ping_seconds',
      help: 'Time from the arrival of a ping to its durable answer.',
      buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1],
      registers,
    });
    this.flips = new Counter({
      name: 'vigie_deadline_flips_total',
      help: 'Checks taken down by their deadline.',
      registers,
    });
    this.deadlineLag = new Histogram({
      name: 'vigie_deadline_lag_seconds',
      help: 'Time from a deadline to its durable flip.',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
      registers,
    });
    this.deliveries = new Counter({
      name: 'vigie_deliveries_total',
      help: 'Tries to deliver a notification, by outcome.',
      labelNames: ['outcome'],
      registers,
    });
    this.clockSteps = new Counter({
      name: 'vigie_clock_steps_total',
      help: 'Steps of the wall clock noticed.',
      registers,
    });
    this.alertsPosted = new Counter({
      name: 'vigie_alerts_posted_total',
      help: 'Alerts that others posted and that were taken in, by the call they came by.',
      labelNames: ['source'],
      registers,
    });
    this.alertsRefused = new Counter({
      name: 'vigie_alerts_refused_total',
      help: 'Alerts that others posted and that were not taken in, by reason.',
      labelNames: ['reason'],
      registers,
    });
    this.probeRuns = new Counter({
      name: 'vigie_probe_runs_total',
      help: 'Runs of probes, by outcome.',
      labelNames: ['outcome'],
      registers,
    });
    this.probeLag = new Histogram({
      name: 'vigie_probe_lag_seconds',
      help: 'Time from the instant of a run to its beginning.',
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30],
      registers,
    });
    this.probesSkipped = new Gauge({
      name: 'vigie_probe_runs_skipped',
      help: 'Runs left out since the start because the one before was under way.',
      registers,
    });
    const { firingAlerts } = gauges;
    if (firingAlerts !== undefined) this.#alerts(firingAlerts);
    this.#gauge('vigie_store_queued_writes', 'Writes that wait for their commit.', gauges.queuedWrites);
    this.#gauge(
      'vigie_next_deadline_seconds',
      'When the deadline timer wakes next, Unix time.',
      gauges.nextDeadline,
    );
  }

  /** Shows these families too: text in Prometheus' format. */
  showAlso(read: () => Promise<string>): void {
    this.#others.push(read);
  }

  /** Everything, in Prometheus' text format. */
  async text(): Promise<string> {
    const parts = [await this.registry.metrics(), ...(await Promise.all(this.#others.map((read) => read())))];
    return parts.map((part) => (part === '' || part.endsWith('\n') ? part : `${part}\n`)).join('');
  }

  /** Counts flips that were durable at `now` by the moments that their deadlines meant, all in epoch ms. */
  countFlips(deadlines: readonly number[], now: number): void {
    this.flips.inc(deadlines.length);
    for (const deadline of deadlines) this.deadlineLag.observe((now - deadline) / 1000);
  }

  #alerts(read: () => Promise<number>): void {
    const gauge = new Gauge({
      name: 'vigie_alerts',
      help: 'Alerts by state.',
      labelNames: ['state'],
      registers: [this.registry],
      async collect() {
        gauge.set({ state: 'firing' }, await read());
      },
    });
  }

  #gauge(name: string, help: string, read: () => number): void {
    const gauge = new Gauge({
      name,
      help,
      registers: [this.registry],
      collect() {
        gauge.set(read());
      },
    });
  }
}
