/** From a document that somebody hands in to the command that applies it, or to what that would change. */
import type { ConfigPlan, ConfigProblem, TenantSource } from '@vigie/contract';
import type { Actor } from '../accounts/audit.ts';
import { environmentsOf } from '../accounts/projects.ts';
import type { Context } from '../context.ts';
import { AppError, messageOf } from '../errors.ts';
import type { ProjectRow } from '../store/schema.ts';
import type { ApplyInput } from './apply.ts';
import { declare } from './declare.ts';
import { planOf, presentPlan } from './plan.ts';
import { problemsText } from './problems-text.ts';
import { readStored } from './stored.ts';
import { tenantSourceOf, tenantsFrom } from './tenants.ts';

/** Who the tenants are, by name. @throws Error in words. */
export type TenantsOf = (source: TenantSource, project: Pick<ProjectRow, 'id'>) => Promise<string[]>;

export interface Handed {
  project: ProjectRow;
  owner: string;
  document: unknown;
  /** Whether its services may look at the server's own machine. */
  mayBeLocal: boolean;
  actor: Actor;
  /** Who the tenants are is looked at as soon as it is applied. */
  looksSoon?: boolean;
  /** It was applied before, and counts only where nobody has applied another since. */
  isAgain?: boolean;
}

type Configured = Pick<Context, 'store' | 'writer' | 'config'>;

/** Milliseconds between two looks at who the tenants are, unless the document says otherwise. */
const USUAL_EVERY = 300_000;

/** What applying a document would change. */
export async function planDocument(
  context: Configured,
  handed: Handed,
  tenantsOf: TenantsOf,
): Promise<ConfigPlan> {
  const { input, problems } = await prepare(context, handed, tenantsOf);
  if (problems.length > 0) return { changes: [], unchanged: 0, tenants: null, problems };
  const { projectId, owner, declared, tenants } = input;
  const stored = await readStored(context.store.db, projectId, owner, declared);
  return presentPlan(planOf(owner, declared, stored), tenants);
}

/** Applies a document. @throws AppError `invalid` with all that is wrong with it. */
export async function configure(
  context: Configured,
  handed: Handed,
  tenantsOf: TenantsOf,
): Promise<ConfigPlan> {
  const { input, problems } = await prepare(context, handed, tenantsOf);
  if (problems.length > 0) throw new AppError('invalid', problemsText(problems), { field: 'document' });
  return context.writer.run('config.apply', input);
}

async function prepare(
  { config }: Configured,
  { project, owner, document, mayBeLocal, actor, looksSoon = false, isAgain = false }: Handed,
  tenantsOf: TenantsOf,
): Promise<{ input: ApplyInput; problems: ConfigProblem[] }> {
  const source = tenantSourceOf(document);
  const problems: ConfigProblem[] = [];
  const rules = { environments: environmentsOf(project), timeZone: config().timeZone, mayBeLocal };
  // What is wrong with it by itself is told before anybody is asked.
  let { declared, faults } = declare(document, { ...rules, tenants: null });
  let tenants: string[] | null = null;
  if (source !== null && faults.length === 0) {
    try {
      tenants = tenantsFrom(await tenantsOf(source, project));
      ({ declared, faults } = declare(document, { ...rules, tenants }));
    } catch (error) {
      problems.push({ path: ['tenants', 'from'], reason: `gives no tenants: ${messageOf(error)}` });
    }
  }
  problems.push(...faults.map(({ path, reason }) => ({ path: path.map(String), reason })));
  const every = looksSoon ? 0 : everyOf(source);
  const text = JSON.stringify(document);
  return {
    input: { projectId: project.id, owner, declared, document: text, tenants, every, isAgain, actor },
    problems,
  };
}

/** Milliseconds between two looks at who the tenants are. */
export function everyOf(source: TenantSource | null): number {
  return source?.every === undefined ? USUAL_EVERY : source.every * 1000;
}
