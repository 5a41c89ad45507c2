/** What a kind of probe is: one folder under `kinds/` and one line in `kinds/index.ts`. */
import type { LookupFunction } from 'node:net';
import type { z } from 'zod';
import type { Threshold } from './threshold.ts';

/** One measured value. Names and labels are those of the well-known exporters where there is one. */
export interface Sample {
  name: string;
  labels: Readonly<Record<string, string>>;
  /** Counters are raw; never NaN. */
  value: number;
}

/** What details may hold: plain JSON. */
export type Detail = string | number | boolean | null | Detail[] | { [key: string]: Detail };

/** Another service of the same project, as its last run left it. */
export interface Sibling {
  name: string;
  /** Null = it has not run yet. */
  isWell: boolean | null;
  /** Why it is not well, in words. */
  message: string;
}

/** One series of a metric that jobs of the same project pushed. */
export interface PushedValue {
  labels: Readonly<Record<string, string>>;
  value: number;
}

/** One run of a probe: what a kind may use, so that it has no clock, no rules and no memory of its own. */
export interface ProbeRun {
  /** Aborted when the run's time is over: whatever is open must be destroyed then. */
  signal: AbortSignal;
  /** Milliseconds of the run that are left; at least 1. */
  timeLeft(): number;
  /** Epoch ms. */
  now(): number;
  /** Names what is being done: a run that ends meanwhile says so, and its time is a phase of its own. */
  phase<T>(name: string, work: () => Promise<T>): Promise<T>;
  /**
   * Takes a value; one that is not finite is left out. Those of a failed run count only where the service answered:
   * `unhealthy`, `assertion`, `tls`, `auth`, `forbidden`, `limit`, `not_found`.
   */
  measure(name: string, value: number, labels?: Record<string, string>): void;
  /** Takes something for people and the monitoring API; keys in snake_case. */
  detail(key: string, value: Detail): void;
  /**
   * An address of a host that probes may connect to; a literal address is checked and given back. Clients that look
   * names up themselves get this instead of the name, or {@link lookup}.
   * @throws ProbeFailure `dns`, or `config` when none is allowed.
   */
  address(host: string): Promise<string>;
  /** The same as the `lookup` of `net.connect`. */
  lookup: LookupFunction;
  /** Reads a `value` in which `${secret:NAME}` stands for a secret. @throws ProbeFailure `config` */
  secret(value: string): string;
  /** The other services of the project that are not paused, at most 1,000. */
  siblings(): Promise<Sibling[]>;
  /** What was pushed in the project under a metric's name, at most 1,000 series; what is past its time is not there. */
  pushed(metric: string): Promise<PushedValue[]>;
  /** What this kind keeps of a probe from one run to the next, e.g. the last readings of counters; empty at first. */
  memory: Map<string, unknown>;
}

/** A kind's own part, with settings as its schema gives them. */
interface ProbeDefinition<S extends z.ZodObject> {
  /** Our word; the folder's name. */
  kind: string;
  /** The product's name, for people. */
  title: string;
  /** The exporter's own name for 1 = well, 0 = not, e.g. `pg_up`; measured for every run. */
  up?: string;
  /** It looks at the server's own machine: its files, processes or engine. Only who runs the server may want that. */
  local?: true;
  /** Seconds, unless a probe says otherwise. */
  interval: number;
  /** Seconds for a whole run, unless a probe says otherwise. */
  timeout: number;
  /** Secrets carry `.meta({ secret: true })`; what the form says is in `.meta()` too (`SettingWords`). */
  settings: S;
  /** What is watched unless a probe says otherwise. */
  thresholds?: readonly Threshold[];
  /** Where it goes, for people and as the label `instance`: `db.example.org:5432`; never with a secret. */
  instance(settings: z.output<S>): string;
  /** Looks once, on a fresh connection, without retries. @throws ProbeFailure, or what `asProbeFailure` knows. */
  probe(settings: z.output<S>, run: ProbeRun): Promise<void>;
}

/** A probe of a kind with its settings read. */
export interface OpenProbe {
  instance: string;
  probe(run: ProbeRun): Promise<void>;
}

/** A kind of probe, its settings' type put away: shared code never asks which kind it is. */
export interface ProbeKind {
  kind: string;
  title: string;
  up: string | null;
  isLocal: boolean;
  interval: number;
  timeout: number;
  settings: z.ZodObject;
  thresholds: readonly Threshold[];
  /** Reads stored settings. @throws ZodError when they do not fit. */
  open(settings: unknown): OpenProbe;
}

export function defineProbe<S extends z.ZodObject>(definition: ProbeDefinition<S>): ProbeKind {
  const { kind, title, up = null, interval, timeout, settings: schema, thresholds = [], local } = definition;
  return {
    kind,
    title,
    up,
    isLocal: local === true,
    interval,
    timeout,
    settings: schema,
    thresholds,
    open(given) {
      const settings = schema.parse(given);
      return {
        instance: definition.instance(settings),
        probe: (run) => definition.probe(settings, run),
      };
    },
  };
}
