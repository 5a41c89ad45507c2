/** The server's own file: what it declares is applied to the project that it names, at the start and on reload. */
import { configuredProject } from '../accounts/bootstrap.ts';
import type { Config } from '../config/config.ts';
import { problemLine } from '../config/problem.ts';
import type { Context } from '../context.ts';
import type { ProjectRow } from '../store/schema.ts';
import { configure, type Handed, planDocument, type TenantsOf } from './configure.ts';

/** Whose the server's own file is. */
export const OWN_FILE = 'vigie.yml';

export interface OwnDeclarationsKeeper {
  /** What the project has against it, by line; empty = nothing. */
  check(config: Config): Promise<string[]>;
  /** The same; when nothing is, it is applied. */
  apply(config: Config): Promise<string[]>;
}

type Configured = Pick<Context, 'store' | 'writer' | 'config' | 'log'>;

/**
 * Who the tenants are is asked afterwards: a start waits for no other server. Until then they are those that they were.
 */
export function ownDeclarations(context: Configured): OwnDeclarationsKeeper {
  const { store, log } = context;

  const handedBy = async ({ declared, project: { name } }: Config): Promise<Handed | null> => {
    const project = await configuredProject(store, name);
    // A new project has nothing against anything.
    if (project === null) return null;
    if (declared === null && (await lastDocument(project)) === undefined) return null;
    const document = declared?.document ?? {};
    // Whoever writes the server's own file runs the server.
    const mayBeLocal = true;
    return { project, owner: OWN_FILE, document, mayBeLocal, actor: 'system', looksSoon: true };
  };
  const lastDocument = ({ id }: Pick<ProjectRow, 'id'>) =>
    store.db
      .selectFrom('config_documents')
      .selectAll()
      .where('project_id', '=', id)
      .where('owner', '=', OWN_FILE)
      .executeTakeFirst();
  const lastTenants: TenantsOf = async (_source, project) => {
    const last = await lastDocument(project);
    return last === undefined || last.tenants === '' ? [] : (JSON.parse(last.tenants) as string[]);
  };
  const problemsOf = async ({ declared }: Config, handed: Handed): Promise<string[]> => {
    const { problems } = await planDocument(context, handed, lastTenants);
    const located =
      declared?.problemAt ?? (({ path, reason }) => ({ name: path.join('.'), value: '', reason }));
    return problems.map((problem) => problemLine(located(problem)));
  };

  return {
    async check(config) {
      const handed = await handedBy(config);
      return handed === null ? [] : problemsOf(config, handed);
    },
    async apply(config) {
      const handed = await handedBy(config);
      if (handed === null) return [];
      const problems = await problemsOf(config, handed);
      if (problems.length > 0) return problems;
      const { changes } = await configure(context, handed, lastTenants);
      if (changes.length > 0) log.info({ changes: changes.length }, 'what the file declares was applied');
      return [];
    },
  };
}
