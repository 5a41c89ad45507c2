/** What a line of the native API's table is: everything about one call, in one place. */
import type { Operation } from '@vigie/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type Grant, grantIn, type Identity } from '../../accounts/identity.ts';
import type { Permission } from '../../accounts/roles.ts';
import type { Gate } from '../../accounts/sign-in.ts';
import type { AlertIntake } from '../../alerts/intake.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import type { Probes } from '../../probes/start-engine.ts';
import type { Read } from '../../reports/shared-reports.ts';
import type { ProjectRow } from '../../store/schema.ts';
import type { AskedRuns } from './asked-runs.ts';
import type { FindProject } from './find-project.ts';
import { readInput } from './input.ts';

/** Told how many alerts came in. */
export interface AlertCounts {
  /** `source`: the call by which they came. */
  posted(source: 'api' | 'webhook', count: number): void;
  refused(reason: 'invalid' | 'too_many' | 'behind', count: number): void;
}

/** What every handler of the native API may use. */
export interface RestContext extends Context {
  gate: Gate;
  /** When this process began, epoch milliseconds. */
  startedAt: number;
  /** Where posted alerts wait for the store. */
  intake: AlertIntake;
  counts: AlertCounts;
  /** What runs probes, and what it found last. */
  probes: Probes;
  askedRuns: AskedRuns;
  /** Sums a project up, once a minute however often it is asked for. */
  readReport: Read;
}

/** One call, before its input was read. */
export interface RawCall {
  context: RestContext;
  identity: Identity;
  /** From the path. */
  params: Record<string, string>;
  query: unknown;
  /** Reads the body as JSON. @throws AppError `invalid`. */
  readBody(): unknown;
  request: FastifyRequest;
  reply: FastifyReply;
}

/** A call whose input is valid. */
export interface Call<Q, B> extends Omit<RawCall, 'query'> {
  query: Q;
  body: B;
}

/** A call about a project in which the caller may do this. */
export interface ProjectCall<Q, B> extends Call<Q, B> {
  project: ProjectRow;
  grant: Grant;
}

/** `open`: anybody; `known`: any credentials; `admin`: the instance admin; else whoever has the permission. */
export type RestAccess = 'open' | 'known' | 'admin' | Permission;

/** A line of the table, its types put away. Its path is written as the router's: `/api/vigie/checks/:check`. */
export interface RestRoute extends Omit<Operation, 'open'> {
  access: RestAccess;
  /** Bytes of the largest body, where it is more than usual: its caller must be known before it is read. */
  bodyLimit?: number;
  handle(call: RawCall): Promise<unknown>;
}

type OutputOf<S, None> = S extends z.ZodType ? z.output<S> : None;
type QueryOf<Q> = OutputOf<Q, Record<never, never>>;
type BodyOf<B> = OutputOf<B, undefined>;
/** What is not JSON is sent as the handler gives it, or by the handler itself. */
type AnswerOf<S> = S extends { type: string }
  ? unknown
  : S extends { schema: infer T extends z.ZodType }
    ? z.input<T>
    : unknown;
type Success = Operation['success'];

interface Definition<Q, B, S extends Success> extends Pick<RestRoute, 'method' | 'path' | 'tag' | 'summary'> {
  query?: Q;
  body?: B;
  success: S;
}

/** A call that is about no project, or about several. */
export function defineRoute<
  const S extends Success,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  definition: Definition<Q, B, S> & {
    access: 'open' | 'known' | 'admin';
    handle(call: Call<QueryOf<Q>, BodyOf<B>>): Promise<AnswerOf<S>>;
  },
): RestRoute {
  return { ...lineOf(definition), handle: async (call) => definition.handle(withInput(definition, call)) };
}

/** A call about one project: `find` tells which, `access` what its caller must be allowed there. */
export function defineProjectRoute<
  const S extends Success,
  Q extends z.ZodObject | undefined = undefined,
  B extends z.ZodType | undefined = undefined,
>(
  definition: Definition<Q, B, S> & {
    find: FindProject;
    access: Permission;
    handle(call: ProjectCall<QueryOf<Q>, BodyOf<B>>): Promise<AnswerOf<S>>;
  },
): RestRoute {
  const { find, access } = definition;
  return {
    ...lineOf(definition),
    handle: async (call) => {
      const project = await find.find(call);
      const grant = project === null ? null : await grantIn(call.context.store.db, call.identity, project.id);
      // A stranger learns no more than of something that does not exist.
      if (project === null || grant === null) throw new AppError('not_found', `no such ${find.noun}`);
      if (!grant.may(access)) throw new AppError('forbidden', `this needs the permission "${access}"`);
      return definition.handle({ ...withInput(definition, call), project, grant });
    },
  };
}

function lineOf(definition: Definition<unknown, unknown, Success> & { access: RestAccess }) {
  const { method, path, tag, summary, access, query, body, success } = definition;
  return {
    method,
    path,
    tag,
    summary,
    access,
    success,
    ...(query === undefined ? {} : { query: query as z.ZodObject }),
    ...(body === undefined ? {} : { body: body as z.ZodType }),
  };
}

function withInput<Q, B>(definition: { query?: Q; body?: B }, call: RawCall): Call<QueryOf<Q>, BodyOf<B>> {
  const query = definition.query as z.ZodType | undefined;
  const body = definition.body as z.ZodType | undefined;
  return {
    ...call,
    query: (query === undefined ? {} : readInput(query, call.query)) as QueryOf<Q>,
    body: (body === undefined ? undefined : readInput(body, call.readBody())) as BodyOf<B>,
  };
}
