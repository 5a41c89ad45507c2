import { ProbeFailure } from '../../failure.ts';
import type { ProbeRun } from '../../kind.ts';
import type { ServerFacts } from './server-facts.ts';
import type { Settings } from './settings.ts';

/**
 * Without the role, other users' sessions say neither what they do nor since when: long queries would look like none.
 * @throws ProbeFailure `forbidden`, unless the settings put up with it.
 */
export function requireMonitorRole(facts: ServerFacts, { require_rights }: Settings, run: ProbeRun): void {
  run.detail('missing_rights', facts.seesAll ? [] : ['pg_monitor']);
  if (facts.seesAll || !require_rights) return;
  throw new ProbeFailure(
    'forbidden',
    `${facts.user} may not see what other sessions do: GRANT pg_monitor TO ${facts.user}, or allow missing rights`,
  );
}
