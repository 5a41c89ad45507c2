/** A shop with a week behind it, and Rita in Paris who wants to read of it every Monday. */
import type { Store } from '../../../src/store/open.ts';
import { migrate } from '../../../src/store/open.ts';
import type { FakeClock } from '../../../src/testing/fake-clock.ts';
import { Bench, HOUR, makeProject, T } from '../alerts/bench.ts';
import { type TestServer, testServer } from '../server.ts';

/** Ten minutes to eight on the Monday after, in Paris. */
export const MONDAY = Date.UTC(2026, 6, 20, 5, 50);

export const RITA = 'rita@example.org';

/** Fills an empty database: a check that was down for an hour on Wednesday, and one that is down since Sunday. */
export async function fillShop(store: Store): Promise<{ projectId: number; userId: number }> {
  await migrate(store);
  const bench = new Bench(store, await makeProject(store));
  const [web, db] = [await bench.check({ name: 'Web <1>' }), await bench.check({ name: 'Database' })];
  for (const check of [web, db]) {
    await bench.writer.run('checks.update', {
      projectId: bench.projectId,
      code: check.code,
      fields: { timeout: 30 * 86_400 },
      channels: null,
    });
    await bench.ping(check, 'success');
  }
  await bench.pass(2 * HOUR);
  await bench.ping(web, 'fail');
  await bench.pass(HOUR);
  await bench.ping(web, 'success');
  await bench.pass(MONDAY - 12 * HOUR - T - 3 * HOUR);
  await bench.ping(db, 'fail');
  const reader = { email: RITA, name: 'Rita', password: '', timeZone: 'Europe/Paris' };
  const { id: userId } = await bench.writer.run('accounts.register', reader);
  const { projectId } = bench;
  const member = { project_id: projectId, user_id: userId, role: 'readonly', created_at: T };
  await store.db.insertInto('members').values(member).execute();
  const changes = [{ projectId, wanted: { weekly: true, daily: true } }];
  await bench.writer.run('reports.subscribe', { userId, email: RITA, changes });
  return { projectId, userId };
}

/** Of that week: two checks from noon on Wednesday to midnight on Sunday, 106 h, of which 1 h and 4 h 10 min down. */
export const SUBJECT = 'Vigie: 2 outages, 97.56 % uptime, 1 down now - Shop, week of 13 July';

/** A server over that shop, on a clock of the test's own. */
export function shopServer(
  clock: FakeClock,
  mailUrl: string,
  own: { dataDir?: string; env?: Record<string, string> },
): Promise<TestServer> {
  const env = { VIGIE_MAIL_URL: mailUrl, VIGIE_MAIL_FROM: 'Vigie <vigie@example.net>', ...own.env };
  return testServer({ clock, ...own, env });
}
