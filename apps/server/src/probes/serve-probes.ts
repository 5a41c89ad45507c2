import { ZodError } from 'zod';
import { systemClock } from '../clock.ts';
import { inputFault } from '../input-fault.ts';
import { asProbeFailure, ProbeFailure } from './failure.ts';
import type { OpenProbe, ProbeKind } from './kind.ts';
import type { Answer, Asker, FromThread, OnceRequest, ProbeRules, Question, ToThread } from './messages.ts';
import type { ProbeSpec, Run } from './model.ts';
import { type ProbePorts, type ProbeResult, runOnce } from './run-once.ts';
import { Scheduler } from './scheduler.ts';
import { probeSecret } from './secrets.ts';
import { UnderWay } from './under-way.ts';
import { Uplink } from './uplink.ts';

/** Milliseconds for which results are gathered before they are sent. */
const GATHER = 20;
/** Milliseconds for which what failed is taken to be down still, when what depends on it fails. */
const DOWN_FOR = 5_000;

interface Scheduled extends ProbeSpec {
  target: string;
  owner: number;
  isLone: boolean;
  probe: OpenProbe;
}

/** Runs probes as main says; `send` takes what they found, `runsUnderWay` notes runs. @returns what takes main's messages. */
export function serveProbes(
  kinds: readonly ProbeKind[],
  env: Record<string, string | undefined>,
  send: (message: FromThread) => void,
  runsUnderWay = new UnderWay(),
): (message: ToThread) => void {
  const clock = systemClock;
  let rules: ProbeRules = { targets: { allowPrivate: true, allow: [] }, uplink: [] };
  const uplink = new Uplink(clock, rules.uplink);
  /** Who waits for main's word. */
  const asking = new Map<number, (answer: Answer) => void>();
  let tickets = 0;
  const ports: Omit<ProbePorts, 'siblings' | 'pushed'> = {
    clock,
    rules: () => rules.targets,
    secret: (name) => probeSecret(name, env),
  };
  /** What a run for this owner may use. */
  function portsFor({ projectId, checkId }: Asker): ProbePorts {
    const ask = (question: Question): Promise<Answer> =>
      new Promise((resolve) => {
        const ticket = ++tickets;
        asking.set(ticket, resolve);
        send({ type: 'question', ticket, asker: { projectId, checkId }, question });
      });
    return {
      ...ports,
      siblings: async () => (await ask({ about: 'siblings' })).siblings,
      pushed: async (metric) => (await ask({ about: 'pushed', metric })).pushed,
    };
  }

  /** What kinds keep from run to run, by check; another revision begins anew. */
  const memories = new Map<string, { revision: number; memory: Map<string, unknown> }>();
  let gathered: { runs: Run[]; began: number[]; late: number[] } | null = null;

  /** Runs under way, by check and revision: one that was changed does not wait for what it was before. */
  const underWay = new Map<string, Promise<void>>();
  /** Each check's last run: when it began, monotonic ms. */
  const lastRuns = new Map<string, { began: number; isFailed: boolean }>();
  /** Probes of other nodes that ours depend on. */
  const guests = new Map<string, Scheduled>();

  const scheduler = new Scheduler<Scheduled>({ clock, run: runItem });

  /** Runs it, unless that is being done. */
  function runItem(item: Scheduled, late: number): Promise<void> {
    const key = `${item.code} ${item.revision}`;
    const before = underWay.get(key);
    if (before !== undefined) return before;
    const run = ran(item, late).finally(() => underWay.delete(key));
    underWay.set(key, run);
    return run;
  }

  async function ran(item: Scheduled, late: number): Promise<void> {
    const { code, checkId, revision, parents } = item;
    const last = { began: clock.monotonic(), isFailed: false };
    lastRuns.set(code, last);
    const end = runsUnderWay.note(checkId);
    const result = await runOnce(item.probe, item.timeout, memoryOf(item), portsFor(item));
    end();
    last.isFailed = result.failure !== null;
    const isCutOff = await judged(result, parents, last.began);
    report({ checkId, revision, result, ...(isCutOff ? { isCutOff } : {}) }, last.began, late);
  }

  /** @returns whether a run says nothing about its service; one that does has had its causes looked at. */
  async function judged(
    { failure }: ProbeResult,
    parents: readonly string[],
    began: number,
  ): Promise<boolean> {
    if (failure === null) return false;
    if (await uplink.explains(failure.reason)) return true;
    await lookAtParents(parents, began);
    return false;
  }

  /**
   * Looks first at what a failed probe's check depends on, unless that was done since it began: a message about it
   * waits while one of them is down, and their own turn may come much later.
   */
  async function lookAtParents(parents: readonly string[], since: number): Promise<void> {
    const due = parents.flatMap((code) => scheduler.get(code) ?? guests.get(code) ?? []);
    await Promise.all(due.filter(({ code }) => isDue(code, since)).map((parent) => runItem(parent, 0)));
  }

  /** Hundreds of dependents that fail together do not hammer what is down. */
  function isDue(code: string, since: number): boolean {
    const last = lastRuns.get(code);
    return last === undefined || last.began < since - (last.isFailed ? DOWN_FOR : 0);
  }

  function memoryOf({ code, revision }: ProbeSpec): Map<string, unknown> {
    const kept = memories.get(code);
    if (kept?.revision === revision) return kept.memory;
    const memory = new Map<string, unknown>();
    memories.set(code, { revision, memory });
    return memory;
  }

  function report(run: Run, began: number, late: number): void {
    if (gathered === null) {
      gathered = { runs: [], began: [], late: [] };
      clock.after(GATHER, flush);
    }
    gathered.runs.push(run);
    gathered.began.push(began);
    gathered.late.push(late);
  }

  function flush(): void {
    if (gathered === null) return;
    const { runs, began, late } = gathered;
    const now = clock.monotonic();
    send({ type: 'ran', runs, ages: began.map((at) => now - at), late, skipped: scheduler.skipped });
    gathered = null;
  }

  function set(spec: ProbeSpec): void {
    const probe = opened(kinds, spec.kind, () => JSON.parse(spec.settings));
    const { projectId: owner, isSuspect: isLone = false } = spec;
    const item = { ...spec, probe, target: probe.instance, owner, isLone };
    if (spec.isGuest === true) {
      scheduler.drop(spec.code);
      guests.set(spec.code, item);
    } else {
      guests.delete(spec.code);
      scheduler.set(item);
    }
  }

  async function once(request: OnceRequest): Promise<void> {
    const { ticket, timeout, checkId, parents = [] } = request;
    const began = clock.monotonic();
    const end = checkId === null ? null : runsUnderWay.note(checkId);
    const result = await runOnce(
      opened(kinds, request.kind, () => request.settings),
      timeout,
      new Map(),
      portsFor(request),
    );
    end?.();
    const isCutOff = checkId !== null && (await judged(result, parents, began));
    // What was found of its causes is told before it.
    flush();
    send({ type: 'once', ticket, age: clock.monotonic() - began, result, isCutOff });
  }

  return (message) => {
    switch (message.type) {
      case 'set':
        for (const spec of message.specs) set(spec);
        break;
      case 'drop':
        for (const code of message.codes) {
          scheduler.drop(code);
          guests.delete(code);
          memories.delete(code);
          lastRuns.delete(code);
        }
        break;
      case 'once':
        void once(message.request);
        break;
      case 'rules':
        rules = message.rules;
        uplink.endpoints = rules.uplink;
        send({ type: 'alive' });
        break;
      case 'answer':
        asking.get(message.ticket)?.(message.answer);
        asking.delete(message.ticket);
        break;
    }
  };
}

/** A probe that cannot be opened fails each run with the reason: never green by mistake. */
function opened(kinds: readonly ProbeKind[], name: string, settings: () => unknown): OpenProbe {
  const kind = kinds.find((one) => one.kind === name);
  try {
    if (kind === undefined) throw new ProbeFailure('config', `there is no kind of probe called ${name}`);
    return kind.open(settings());
  } catch (error) {
    const failure = error instanceof ZodError ? misfit(error, name) : asProbeFailure(error);
    return { instance: '', probe: () => Promise.reject(failure) };
  }
}

/** Settings that another version of the server stored. */
function misfit(error: ZodError, kind: string): ProbeFailure {
  const { message } = inputFault(error, ['settings']);
  return new ProbeFailure('config', `the settings do not fit the kind ${kind}: ${message}`);
}
