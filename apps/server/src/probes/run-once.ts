import { isIP } from 'node:net';
import type { Clock } from '../clock.ts';
import { addressPolicy, type TargetRules } from '../outbound/address-policy.ts';
import { pinnedLookup, type Resolve, systemResolve } from '../outbound/pinned-lookup.ts';
import { withTimeLimit } from '../time-limit.ts';
import { asProbeFailure, ProbeFailure, type Reason } from './failure.ts';
import type { Detail, OpenProbe, ProbeRun, PushedValue, Sample, Sibling } from './kind.ts';
import { plainText } from './plain-text.ts';

/** Samples of one run that are kept. */
const SAMPLE_LIMIT = 5_000;
/** Characters of JSON that the details of a run may take. */
const DETAIL_LENGTH = 65_536;
/** Characters of a failure's sentence. */
const MESSAGE_LENGTH = 1_000;

/** Failures of a service that answered: what was measured is true. */
const ANSWERED: ReadonlySet<Reason> = new Set([
  'unhealthy',
  'assertion',
  'tls',
  'auth',
  'forbidden',
  'limit',
  'not_found',
]);

/** What one run found. Plain data: it crosses threads. */
export interface ProbeResult {
  /** Epoch ms at which the run began. */
  at: number;
  /** Milliseconds that it took. */
  duration: number;
  /** Milliseconds by the name of the phase, in order. */
  phases: [string, number][];
  /** Null = the service is well. */
  failure: { reason: Reason; message: string; phase: string | null } | null;
  samples: Sample[];
  details: Record<string, Detail>;
}

/** What runs share. */
export interface ProbePorts {
  clock: Clock;
  /** Which addresses may be reached. */
  rules(): TargetRules;
  /** The value of a secret by its name; undefined = there is none. */
  secret(name: string): string | undefined;
  resolve?: Resolve;
  /** The other services of the probe's project. */
  siblings(): Promise<Sibling[]>;
  /** What was pushed in the probe's project. */
  pushed(metric: string): Promise<PushedValue[]>;
}

/**
 * Runs a probe once, for `timeout` ms at most, whether or not it heeds its signal. Never throws: whatever goes wrong
 * is the result's failure. A failed run keeps its samples only where the service answered: a value that is missing says
 * more than half of the values.
 */
export async function runOnce(
  probe: OpenProbe,
  timeout: number,
  memory: Map<string, unknown>,
  ports: ProbePorts,
): Promise<ProbeResult> {
  const { clock } = ports;
  const began = clock.monotonic();
  const result: ProbeResult = {
    at: clock.now(),
    duration: 0,
    phases: [],
    failure: null,
    samples: [],
    details: {},
  };
  const doing: string[] = [];
  let isOver = false;
  const open = new Map<string, number>();
  const endPhase = (name: string): void => {
    const from = open.get(name);
    if (from === undefined || isOver) return;
    open.delete(name);
    result.phases.push([name, clock.monotonic() - from]);
  };
  const policy = () => addressPolicy(ports.rules());
  const lookup = pinnedLookup(policy, ports.resolve ?? systemResolve);

  const work = async (signal: AbortSignal): Promise<null> => {
    const run: ProbeRun = {
      signal,
      memory,
      lookup,
      now: () => clock.now(),
      timeLeft: () => Math.max(1, Math.floor(timeout - (clock.monotonic() - began))),
      async phase(name, action) {
        doing.push(name);
        open.set(name, clock.monotonic());
        const value = await action();
        endPhase(name);
        doing.splice(doing.lastIndexOf(name), 1);
        return value;
      },
      measure(name, value, labels = {}) {
        if (!isOver && Number.isFinite(value) && result.samples.length < SAMPLE_LIMIT) {
          result.samples.push({ name, labels: plainLabels(labels), value });
        }
      },
      detail(key, value) {
        if (!isOver) result.details[key] = value;
      },
      address: (host) => addressOf(host, lookup, policy),
      secret: (value) => withSecrets(value, ports),
      siblings: () => ports.siblings(),
      pushed: (metric) => ports.pushed(metric),
    };
    await probe.probe(run);
    return null;
  };
  const timedOut = async (): Promise<ProbeFailure> => {
    const phase = doing.at(-1);
    const during = phase === undefined ? '' : ` (${phase})`;
    return new ProbeFailure('timeout', `no answer within ${timeout / 1000} s${during}`);
  };
  let failure: ProbeFailure | null;
  try {
    failure = await withTimeLimit<ProbeFailure | null>(clock, timeout, undefined, work, timedOut);
  } catch (error) {
    failure = asProbeFailure(error);
  }
  for (const name of [...open.keys()]) endPhase(name);
  isOver = true;
  result.duration = clock.monotonic() - began;
  if (failure !== null) {
    const { reason, message } = failure;
    const words = plainText(message.slice(0, MESSAGE_LENGTH));
    result.failure = { reason, message: words, phase: doing.at(-1) ?? null };
    if (!ANSWERED.has(reason)) result.samples = [];
  }
  if (JSON.stringify(result.details).length > DETAIL_LENGTH) result.details = { truncated: true };
  return result;
}

function plainLabels(labels: Sample['labels']): Sample['labels'] {
  return Object.fromEntries(Object.entries(labels).map(([name, value]) => [name, plainText(value)]));
}

/** Names a policy's refusal as what it is: a matter of settings, not of the service. */
async function addressOf(
  host: string,
  lookup: ProbeRun['lookup'],
  policy: () => ReturnType<typeof addressPolicy>,
): Promise<string> {
  const bare = host.replace(/^\[(.*)\]$/, '$1');
  if (isIP(bare) !== 0) {
    const refusal = policy().refusal(bare, bare);
    if (refusal !== null) throw new ProbeFailure('config', `probing ${bare} is refused: ${refusal}`);
    return bare;
  }
  return new Promise((resolve, reject) => {
    lookup(bare, { all: false }, (error, address) => {
      if (error !== null) reject(lookupFailure(error, bare));
      else resolve(String(address));
    });
  });
}

function lookupFailure(error: Error, host: string): ProbeFailure {
  const known = asProbeFailure(error);
  if (known.reason === 'dns') return new ProbeFailure('dns', `${host} is not found`, { cause: error });
  return new ProbeFailure('config', error.message, { cause: error });
}

/** A reference to a secret, as settings hold it. */
const REFERENCE = /\$\{secret:([A-Za-z0-9_]{1,100})\}/g;

function withSecrets(value: string, ports: Pick<ProbePorts, 'secret'>): string {
  return value.replace(REFERENCE, (_, name: string) => {
    const secret = ports.secret(name);
    if (secret === undefined) {
      throw new ProbeFailure(
        'config',
        `there is no secret ${name}: set VIGIE_PROBE_SECRET_${name} for the server`,
      );
    }
    return secret;
  });
}
