import { readSettings } from '../../kind-settings.ts';
import type { ChannelRow, DeliveryRow, WorkRow } from '../../store/schema.ts';
import { aPing } from '../../testing/checks.ts';
import { type TestStore, testStore } from '../../testing/test-store.ts';
import { requireKind } from '../channel-kinds.ts';

type Settings = Record<string, unknown>;

export interface NotifyStore extends TestStore {
  projectId: number;
  /** Makes a channel that every check there is uses. */
  channel(kind: string, settings: Settings): Promise<ChannelRow>;
  /** Makes checks that use every channel there is; returns their UUIDs. */
  checks(count: number, fields?: { name?: string; tags?: string }): Promise<string[]>;
  /** A ping of the job; failures and the successes after them are news. */
  ping(code: string, action: 'success' | 'fail' | 'log', body?: string): Promise<void>;
  deliveries(): Promise<DeliveryRow[]>;
  lanes(): Promise<WorkRow[]>;
  attempts(): Promise<string[]>;
}

/** An empty store with one project, and the handles that tests of notifications need. */
export async function notifyStore(onEffects?: Parameters<typeof testStore>[0]): Promise<NotifyStore> {
  const test = await testStore(onEffects);
  const { store, writer, clock } = test;
  const { id: projectId } = await store.db
    .insertInto('projects')
    .values({
      code: 'project',
      name: 'Shop',
      ping_key: 'ping',
      badge_key: 'badge',
      show_slugs: 0,
      environments: '["production"]',
      created_at: clock.now(),
    })
    .returning('id')
    .executeTakeFirstOrThrow();
  return {
    ...test,
    projectId,
    channel(kind, settings) {
      const own = requireKind(kind);
      const json = readSettings(own, settings);
      return writer.run('channels.create', {
        projectId,
        kind: own.kind,
        name: kind,
        settings: json,
        assignAll: true,
      });
    },
    async checks(count, fields = {}) {
      const made = Array.from({ length: count }, () =>
        writer.run('checks.create', { projectId, code: null, fields, channels: 'all', match: null }),
      );
      return (await Promise.all(made)).map(({ check }) => check.code);
    },
    async ping(code, action, body) {
      const at = clock.now();
      const bytes = body === undefined ? null : Buffer.from(body);
      await writer.run('checks.ping', aPing(at, { target: { code }, action, body: bytes }));
    },
    deliveries: () => store.db.selectFrom('deliveries').selectAll().orderBy('id').execute(),
    lanes: () =>
      store.db.selectFrom('work').selectAll().where('kind', '=', 'delivery').orderBy('key').execute(),
    async attempts() {
      const rows = await store.db
        .selectFrom('delivery_attempts')
        .selectAll()
        .orderBy('delivery_id')
        .orderBy('n')
        .execute();
      return rows.map(({ delivery_id, n, outcome, answer }) => `${delivery_id}.${n} ${outcome} ${answer}`);
    },
  };
}
