/** What the check of each `HC_CHECK_` variable shall be. */
import { type SaasCheck, saasChecks } from '@vigie/client/saas-checks';
import type { CheckCreate } from '@vigie/contract';

/** What every variable that names a check begins with. */
export const PREFIX = 'HC_CHECK_';

/** Each check's settings, as the native API takes them. */
export type Definition = Required<Pick<CheckCreate, 'name'>> &
  Pick<CheckCreate, 'tags' | 'description' | 'timeout' | 'schedule' | 'time_zone' | 'grace'>;

const BY_VARIABLE: ReadonlyMap<string, SaasCheck> = new Map(
  saasChecks.flatMap((check: SaasCheck) => [
    [check.variable, check],
    [variableOfTitle(check.name), check],
  ]),
);

/** The variable that a check's title makes, as in `HC_CHECK_KAFKA_BROKER`: some files have it in place of the short one. */
export function variableOfTitle(title: string): string {
  return PREFIX + title.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
}

/** What the check of a variable shall be; of one that nobody knows the name alone. */
export function definitionOf(variable: string): { definition: Definition; known: boolean } {
  const check = BY_VARIABLE.get(variable);
  if (check === undefined) return { definition: { name: titleOf(variable) }, known: false };
  const { name, tags, desc, timeout, schedule, grace } = check;
  const definition = {
    name,
    tags: tags.split(' '),
    description: desc,
    grace,
    ...(timeout === undefined ? {} : { timeout }),
    ...(schedule === undefined ? {} : { schedule, time_zone: 'UTC' }),
  };
  return { definition, known: true };
}

/** `HC_CHECK_NIGHTLY_EXPORT` is the check `Nightly Export`. */
function titleOf(variable: string): string {
  return variable
    .slice(PREFIX.length)
    .split('_')
    .filter((word) => word !== '')
    .map((word) => word.charAt(0) + word.slice(1).toLowerCase())
    .join(' ')
    .slice(0, 100);
}
