/** The Docker Engine API, read only: GET and nothing else. */
import { z } from 'zod';
import { ProbeFailure } from '../../failure.ts';
import { httpUrlOf, isSuccess, jsonOf, statusFailure } from '../../http-answer.ts';
import { type HttpAnswer, type HttpRequest, httpExchange } from '../../http-exchange.ts';
import type { ProbeRun } from '../../kind.ts';

/** Bytes of an answer: a list of some thousand containers. */
const LIMIT = 8_388_608;

/** The socket, or the address, of an engine. */
export interface Engine {
  url: string;
  tls_ca: string;
}

const listed = z.array(
  z.object({
    Id: z.string(),
    Names: z.array(z.string()).nullable(),
    Image: z.string(),
    State: z.string(),
  }),
);

const inspected = z.object({
  RestartCount: z.number().default(0),
  State: z.object({
    Status: z.string(),
    ExitCode: z.number().default(0),
    OOMKilled: z.boolean().default(false),
    Health: z.object({ Status: z.string(), FailingStreak: z.number().default(0) }).nullish(),
  }),
});

const stats = z.object({
  cpu_stats: z.object({ cpu_usage: z.object({ total_usage: z.number() }) }),
  memory_stats: z.object({
    usage: z.number().optional(),
    limit: z.number().optional(),
    stats: z.record(z.string(), z.number()).optional(),
  }),
});

const version = z.object({ Version: z.string() });

export type Inspected = z.output<typeof inspected>;
export type Stats = z.output<typeof stats>;

export interface Listed {
  id: string;
  name: string;
  image: string;
  state: string;
}

/** Whether an engine answers. @throws ProbeFailure `protocol` when something else does. */
export async function ping(engine: Engine, run: ProbeRun): Promise<void> {
  const answer = await get('/_ping', engine, run);
  if (!isSuccess(answer)) throw statusFailure(answer);
  if (answer.headers['api-version'] === undefined) {
    throw new ProbeFailure('protocol', 'what answers is no Docker engine: it tells no version of its API');
  }
}

export async function engineVersion(engine: Engine, run: ProbeRun): Promise<string> {
  return (await read(version, '/version', engine, run))?.Version ?? 'unknown';
}

/** All containers, running or not. */
export async function containers(engine: Engine, run: ProbeRun): Promise<Listed[]> {
  const found = (await read(listed, '/containers/json?all=1', engine, run)) ?? [];
  return found.map(({ Id, Names, Image, State }) => ({
    id: Id,
    name: Names?.[0]?.replace(/^\//, '') ?? Id.slice(0, 12),
    image: Image,
    state: State,
  }));
}

/** Null when it has gone meanwhile. */
export function inspect(id: string, engine: Engine, run: ProbeRun): Promise<Inspected | null> {
  return read(inspected, `/containers/${encodeURIComponent(id)}/json`, engine, run);
}

/** One reading: without `one-shot` the engine takes two, a second apart. Null when it has gone meanwhile. */
export function readStats(id: string, engine: Engine, run: ProbeRun): Promise<Stats | null> {
  return read(stats, `/containers/${encodeURIComponent(id)}/stats?stream=false&one-shot=true`, engine, run);
}

async function read<T>(schema: z.ZodType<T>, path: string, engine: Engine, run: ProbeRun): Promise<T | null> {
  const answer = await get(path, engine, run);
  if (answer.status === 404) return null;
  if (!isSuccess(answer)) throw statusFailure(answer);
  const found = schema.safeParse(jsonOf(answer));
  if (found.success) return found.data;
  throw new ProbeFailure('protocol', `${answer.url.pathname} does not answer as a Docker engine does`);
}

function get(path: string, engine: Engine, run: ProbeRun): Promise<HttpAnswer> {
  return httpExchange({ ...requestTo(engine, path, run), limit: LIMIT }, run);
}

function requestTo({ url, tls_ca }: Engine, path: string, run: ProbeRun): HttpRequest {
  if (url.startsWith('unix:')) {
    return { url: new URL(path, 'http://docker'), socketPath: decodeURIComponent(new URL(url).pathname) };
  }
  const base = httpUrlOf(url, run);
  const wanted = new URL(path, base);
  wanted.username = base.username;
  wanted.password = base.password;
  return { url: wanted, ca: tls_ca };
}
