import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { assertAnswer, find } from './answer.ts';
import type { Case, Json, Make, Ping, Send, Step, Visit } from './case.ts';
import { type Answer, exchange } from './http.ts';
import { type Names, substitute } from './substitute.ts';
import type { World } from './world.ts';

/** Why a world cannot run a case; null = it can. */
export function reasonToSkip(one: Case, world: World): string | null {
  for (const step of one.steps) {
    if ('advance' in step && world.advance === undefined) return 'its clock cannot be moved';
    if ('channel' in step && world.makeChannel === undefined) return 'it has no channels of ours';
    const key = 'key' in step ? step.key : undefined;
    if ((key === 'read' || key === 'other') && world.keys[key] === undefined) return `no ${key} key is given`;
  }
  const unknown = /\$\{((?:read|ping|metrics)_key)\}/.exec(JSON.stringify(one.steps))?.[1];
  return unknown === undefined || Object.hasOwn(world.names, unknown) ? null : `no ${unknown} is given`;
}

/** Runs the steps of a case one after the other. @throws AssertionError with the step that went wrong. */
export async function runCase(one: Case, world: World): Promise<void> {
  const names: Names = { ...world.names };
  for (const [i, raw] of one.steps.entries()) {
    const step = substitute(raw, names);
    try {
      Object.assign(names, await runStep(step, world, names));
    } catch (error) {
      throw new Error(`step ${i + 1}, ${JSON.stringify(step)}: ${messageOf(error)}`, { cause: error });
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** @returns the names that the step gives. */
async function runStep(step: Step, world: World, names: Names): Promise<Names> {
  if ('send' in step) return send(step, world, names);
  if ('ping' in step) return send(pingRequest(step, world), world, names);
  if ('visit' in step) return send(await visitRequest(step, world), world, names);
  if ('make' in step) return make(step, world);
  if ('instant' in step) return { [step.instant]: Math.floor(world.now() / 1000) };
  if ('channel' in step) {
    return { [step.as]: (await world.makeChannel?.(step.channel, step.kind ?? 'email')) ?? null };
  }
  if ('advance' in step) await world.advance?.(step.advance);
  else for (const path of step.pings) await send(pingRequest({ ping: step.of + path }, world), world, names);
  return {};
}

async function make(step: Make, world: World): Promise<Names> {
  const answer = await request({ send: `POST /api/v${step.version ?? 3}/checks/`, body: step.make }, world);
  assert.equal(answer.status, 201, answer.body.toString());
  const check = JSON.parse(answer.body.toString()) as Record<string, Json>;
  const code = String(check['uuid']);
  const uniqueKey = createHash('sha1').update(code.replaceAll('-', '').slice(0, 16)).digest('hex');
  const fields = Object.entries(check).map(([field, value]) => [`${step.as}.${field}`, value]);
  return { ...Object.fromEntries(fields), [step.as]: code, [`${step.as}.unique_key`]: uniqueKey };
}

function pingRequest(step: Ping, world: World): Send {
  const [, method = 'GET', rest = ''] = /^(?:([A-Z]+) )?(.*)$/s.exec(step.ping) ?? [];
  const path = new URL(String(world.names['ping_endpoint'])).pathname;
  const expected = step.status === undefined ? { status: 200, text: 'OK' } : {};
  return { key: 'none', ...expected, ...step, send: `${method} ${path}${rest}` };
}

async function visitRequest(step: Visit, world: World): Promise<Send> {
  return { key: 'none', ...step, send: `GET ${await badgeAddress(step.visit, world)}` };
}

async function badgeAddress(visit: Visit['visit'], world: World): Promise<string> {
  if ('address' in visit) {
    const { address, from, to = '' } = visit;
    return from === undefined ? address : address.replace(new RegExp(from), to);
  }
  if ('check' in visit) {
    return visit.check.replace(/\/b\/2\/(.*)\.svg$/, `/b/${visit.states}/$1.${visit.format}`);
  }
  const answer = await request({ send: 'GET /api/v3/badges/' }, world);
  return String(find(JSON.parse(answer.body.toString()), ['badges', visit.tag, visit.form]));
}

async function send(step: Send, world: World, names: Names): Promise<Names> {
  const answer = await request(step, world);
  assertAnswer(answer, step, { at: world.now(), tolerance: world.tolerance }, names);
  const saved = Object.entries(step.save ?? {});
  if (saved.length === 0) return {};
  const json = JSON.parse(answer.body.toString()) as Json;
  return Object.fromEntries(saved.map(([name, path]) => [name, find(json, path) ?? null]));
}

async function request(step: Send, world: World): Promise<Answer> {
  const space = step.send.indexOf(' ');
  const base = String(world.names['base']);
  const target = step.send.slice(space + 1);
  const path = target.startsWith(base) ? target.slice(base.length) : target;
  const key = step.key ?? (path.startsWith('/api/') ? 'write' : 'none');
  const headers = { ...keyHeader(key, world), ...step.headers };
  return exchange(world.url, step.send.slice(0, space), path, headers, bodyOf(step));
}

function keyHeader(key: string, world: World): Record<string, string> {
  if (key === 'none') return {};
  if (key.startsWith('=')) return { 'X-Api-Key': key.slice(1) };
  if (key !== 'write' && key !== 'read' && key !== 'other') throw new Error(`there is no key named ${key}`);
  return { 'X-Api-Key': world.keys[key] ?? '' };
}

function bodyOf(step: Send): Buffer | null {
  if (step.body !== undefined) return Buffer.from(JSON.stringify(step.body));
  if (step.raw !== undefined) return Buffer.from(step.raw);
  if (step.base64 !== undefined) return Buffer.from(step.base64, 'base64');
  return step.fill === undefined ? null : Buffer.from(step.fill[0].repeat(step.fill[1]));
}
