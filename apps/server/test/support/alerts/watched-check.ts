/** A check with policies, and what became of it. */
import { type Policies, policiesText } from '../../../src/checks/policies.ts';
import { type Bench, MINUTE, type Named } from './bench.ts';

export async function watched(bench: Bench, policies: Policies, channel?: Named): Promise<Named> {
  const mail = channel ?? (await bench.channel('mail'));
  return bench.check({ policies: policiesText(policies) }, [mail]);
}

/** Reports a minute later. */
export async function later(bench: Bench, check: Named, action: 'success' | 'fail'): Promise<void> {
  await bench.pass(MINUTE);
  await bench.ping(check, action);
}

export async function update(bench: Bench, { code }: Named, policies: Policies): Promise<void> {
  const fields = { policies: policiesText(policies) };
  await bench.writer.run('checks.update', {
    projectId: bench.projectId,
    code,
    fields,
    channels: null,
    actor: 'x',
  });
}

export async function stateOf({ store }: Bench, { id }: Named) {
  return store.db.selectFrom('check_states').selectAll().where('check_id', '=', id).executeTakeFirstOrThrow();
}

export async function statusOf(bench: Bench, check: Named): Promise<string> {
  return (await stateOf(bench, check)).status;
}

export async function wakeOf(bench: Bench, check: Named): Promise<number | null> {
  return (await stateOf(bench, check)).alert_after;
}

export async function namesOf(bench: Bench, check: Named): Promise<string[]> {
  const own = (await bench.alerts()).filter(({ check_id: id }) => id === check.id);
  return own.map(({ name, state }) => `${name} ${state}`);
}

export async function firingOf(bench: Bench, check: Named): Promise<string[]> {
  const names = await namesOf(bench, check);
  return names.filter((name) => name.endsWith(' firing')).map((name) => name.replace(' firing', ''));
}
