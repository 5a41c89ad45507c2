import { systemClock } from '../clock.ts';
import { asProbeFailure } from './failure.ts';
import type { OpenProbe, ProbeKind, Sibling } from './kind.ts';
import type { FromThread, OnceRequest, ProbeRules, ToThread } from './messages.ts';
import type { ProbeSpec, Run } from './model.ts';
import { type ProbePorts, runOnce } from './run-once.ts';
import { Scheduler } from './scheduler.ts';
import { probeSecret } from './secrets.ts';
import { Uplink } from './uplink.ts';

/** Milliseconds for which results are gathered before they are sent. */
const GATHER = 20;

interface Scheduled extends ProbeSpec {
  target: string;
  probe: OpenProbe;
}

/** Runs probes as main says; `send` takes what they found. @returns what takes main's messages. */
export function serveProbes(
  kinds: readonly ProbeKind[],
  env: Record<string, string | undefined>,
  send: (message: FromThread) => void,
): (message: ToThread) => void {
  const clock = systemClock;
  let rules: ProbeRules = { targets: { allowPrivate: true, allow: [] }, uplink: [] };
  const uplink = new Uplink(clock, rules.uplink);
  /** Who waits for main's word about siblings. */
  const asking = new Map<number, (siblings: Sibling[]) => void>();
  let tickets = 0;
  const ports: Omit<ProbePorts, 'siblings'> = {
    clock,
    rules: () => rules.targets,
    secret: (name) => probeSecret(name, env),
  };
  /** What a run for this owner may use. */
  function portsFor({ projectId, checkId }: Pick<OnceRequest, 'projectId' | 'checkId'>): ProbePorts {
    const siblings = (): Promise<Sibling[]> =>
      new Promise((resolve) => {
        const ticket = ++tickets;
        asking.set(ticket, resolve);
        send({ type: 'siblings', ticket, projectId, checkId });
      });
    return { ...ports, siblings };
  }

  /** What kinds keep from run to run, by check; another revision begins anew. */
  const memories = new Map<string, { revision: number; memory: Map<string, unknown> }>();
  let gathered: { runs: Run[]; late: number[] } | null = null;

  /** Runs under way, by check. */
  const underWay = new Map<string, Promise<void>>();
  /** When each check's last run began, monotonic ms. */
  const lastBegan = new Map<string, number>();

  const scheduler = new Scheduler<Scheduled>({ clock, run: runItem });

  /** Runs it, unless that is being done. */
  function runItem(item: Scheduled, late: number): Promise<void> {
    const before = underWay.get(item.code);
    if (before !== undefined) return before;
    const run = ran(item, late).finally(() => underWay.delete(item.code));
    underWay.set(item.code, run);
    return run;
  }

  async function ran(item: Scheduled, late: number): Promise<void> {
    const { code, checkId, revision } = item;
    const began = clock.monotonic();
    lastBegan.set(code, began);
    const result = await runOnce(item.probe, item.timeout, memoryOf(item), portsFor(item));
    const isCutOff = result.failure !== null && (await uplink.explains(result.failure.reason));
    if (result.failure !== null && !isCutOff) await lookAtParents(item, began);
    report({ checkId, revision, result, ...(isCutOff ? { isCutOff } : {}) }, late);
  }

  /**
   * Looks first at what a failed probe's check depends on, unless that was done since it began: a message about it
   * waits while one of them is down, and their own turn may come much later.
   */
  async function lookAtParents({ parents }: ProbeSpec, since: number): Promise<void> {
    const due = parents.flatMap((code) => scheduler.get(code) ?? []);
    await Promise.all(
      due.filter(({ code }) => (lastBegan.get(code) ?? 0) < since).map((parent) => runItem(parent, 0)),
    );
  }

  function memoryOf({ code, revision }: ProbeSpec): Map<string, unknown> {
    const kept = memories.get(code);
    if (kept?.revision === revision) return kept.memory;
    const memory = new Map<string, unknown>();
    memories.set(code, { revision, memory });
    return memory;
  }

  function report(run: Run, late: number): void {
    if (gathered === null) {
      gathered = { runs: [], late: [] };
      clock.after(GATHER, () => {
        if (gathered !== null) send({ type: 'ran', ...gathered, skipped: scheduler.skipped });
        gathered = null;
      });
    }
    gathered.runs.push(run);
    gathered.late.push(late);
  }

  function set(spec: ProbeSpec): void {
    const probe = opened(kinds, spec);
    scheduler.set({ ...spec, probe, target: probe.instance });
  }

  async function once(request: OnceRequest): Promise<void> {
    const { ticket, timeout } = request;
    const result = await runOnce(opened(kinds, request), timeout, new Map(), portsFor(request));
    send({ type: 'once', ticket, result });
  }

  return (message) => {
    switch (message.type) {
      case 'set':
        for (const spec of message.specs) set(spec);
        break;
      case 'drop':
        for (const code of message.codes) {
          scheduler.drop(code);
          memories.delete(code);
          lastBegan.delete(code);
        }
        break;
      case 'once':
        void once(message.request);
        break;
      case 'rules':
        rules = message.rules;
        uplink.endpoints = rules.uplink;
        break;
      case 'siblings':
        asking.get(message.ticket)?.(message.siblings);
        asking.delete(message.ticket);
        break;
    }
  };
}

/** A probe that cannot be opened fails each run with the reason: never green by mistake. */
function opened(kinds: readonly ProbeKind[], spec: Pick<ProbeSpec, 'kind' | 'settings'>): OpenProbe {
  const kind = kinds.find((one) => one.kind === spec.kind);
  try {
    if (kind === undefined) throw new Error(`there is no kind of probe called ${spec.kind}`);
    return kind.open(spec.settings);
  } catch (error) {
    const failure = asProbeFailure(error);
    return { instance: '', probe: () => Promise.reject(failure) };
  }
}
