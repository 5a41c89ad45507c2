/** Looking again and again at who the tenants of a document are, by the one node that has claimed the look. */
import type { Context } from '../context.ts';
import { AppError, messageOf } from '../errors.ts';
import type { ConfigDocumentRow, ProjectRow } from '../store/schema.ts';
import type { Claim } from '../work/queue.ts';
import { WakeTimer } from '../work/timer.ts';
import { TENANT_WORK } from './apply.ts';
import { configure, everyOf, type TenantsOf } from './configure.ts';
import { tenantSourceOf, tenantsFrom } from './tenants.ts';

/** Looks at once. */
const BATCH = 5;
/** Milliseconds for which a look is ours: more than the longest run of a probe, 300 s. */
const LEASE = 360_000;
/** Milliseconds by which near instants share a claim. */
const COALESCE = 10;
/** Milliseconds until the next try after the store refused. */
const STORE_RETRY = 1_000;
/** Milliseconds after a claim that found nothing, so that a row another node is just taking is not a loop. */
const EMPTY_PAUSE = 50;

export interface TenantLooks {
  start(): void;
  stop(): Promise<void>;
}

type Looking = Pick<Context, 'clock' | 'store' | 'writer' | 'config' | 'events' | 'log'>;

export function tenantLooks(
  context: Looking,
  { nodeId, tenantsOf }: { nodeId: string; tenantsOf: TenantsOf },
): TenantLooks {
  const { clock, store, writer, events, log } = context;
  let end: (() => void) | null = null;

  const timer = new WakeTimer(clock, COALESCE, async () => {
    try {
      const wanted = { kind: TENANT_WORK, owner: nodeId, lease: LEASE, limit: BATCH };
      const { claims, next } = await writer.run('work.claim', wanted);
      await Promise.all(claims.map(handle));
      if (claims.length === BATCH) return clock.now();
      return claims.length > 0 || next === null ? next : Math.max(next, clock.now() + EMPTY_PAUSE);
    } catch (error) {
      log.error(`tenants cannot be looked at: ${messageOf(error)}`);
      return clock.now() + STORE_RETRY;
    }
  });

  async function handle({ key, fence, pending }: Claim): Promise<void> {
    const found = await find(key);
    let again: number | null = null;
    if (found !== null) {
      await look(found.project, found.row);
      again = clock.now() + everyOf(tenantSourceOf(JSON.parse(found.row.document)));
    }
    await writer.run('work.finish', { kind: TENANT_WORK, key, fence, pending, again });
  }

  async function find(key: string): Promise<{ project: ProjectRow; row: ConfigDocumentRow } | null> {
    const slash = key.indexOf('/');
    const id = Number(key.slice(0, slash));
    const project = await store.db.selectFrom('projects').selectAll().where('id', '=', id).executeTakeFirst();
    const row = await store.db
      .selectFrom('config_documents')
      .selectAll()
      .where('project_id', '=', id)
      .where('owner', '=', key.slice(slash + 1))
      .executeTakeFirst();
    return project === undefined || row === undefined ? null : { project, row };
  }

  async function look(project: ProjectRow, row: ConfigDocumentRow): Promise<void> {
    const { owner } = row;
    const document: unknown = JSON.parse(row.document);
    const source = tenantSourceOf(document);
    if (source === null) return;
    const note = (error: string) =>
      row.tenants_error === error ? null : writer.run('config.note', { projectId: project.id, owner, error });
    try {
      const tenants = tenantsFrom(await tenantsOf(source, project));
      if (JSON.stringify(tenants) === row.tenants) await note('');
      else
        await configure(
          context,
          // What it may have look at the server's machine was judged when it was handed in.
          { project, owner, document, mayBeLocal: true, actor: 'system', isAgain: true },
          async () => tenants,
        );
    } catch (error) {
      if (error instanceof AppError && error.code === 'conflict') return;
      const reason = messageOf(error);
      log.warn({ project: project.code, owner }, `who the tenants are cannot be told; they stay: ${reason}`);
      await note(reason);
    }
  }

  return {
    start() {
      end = events.on('work', ({ kind, at }) => {
        if (kind === TENANT_WORK) timer.wake(at);
      });
      timer.wake(clock.now());
    },
    async stop() {
      end?.();
      await timer.stop();
    },
  };
}
