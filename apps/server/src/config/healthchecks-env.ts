import { closest } from './closest.ts';
import { directOrFromFile, type Given, isBlank, problemWith } from './given.ts';
import { HEALTHCHECKS_NAMES, PLACEHOLDERS } from './healthchecks-names.ts';
import type { Problem } from './problem.ts';
import { FILE_SUFFIX } from './setting.ts';
import type { ConfigSource } from './source.ts';
import { boolean, parseValue } from './value-types.ts';

/** A variable of Healthchecks that is given; its value is text. */
export interface GivenText extends Given {
  readonly value: string;
}

/** The variables of Healthchecks, by their names without `HEALTHCHECKS_`. */
export interface HealthchecksEnv {
  /** The prefixed variable, else the plain one where that is read, else undefined. */
  get(name: string): GivenText | undefined;
  /** The same as a truth value; undefined where it is not given or was refused. */
  isTrue(name: string): boolean | undefined;
  /** Records what is wrong with a variable. */
  refuse(given: Given, reason: string, secret?: boolean): void;
  warn(message: string): void;
}

const PREFIX = 'HEALTHCHECKS_';

/** Reads the variables of Healthchecks out of an environment; what it finds wrong goes to the two lists. */
export function healthchecksEnv(
  source: ConfigSource,
  problems: Problem[],
  warnings: Set<string>,
): HealthchecksEnv {
  const variable = (name: string): Given | undefined => {
    const value = source.env[name];
    if (value === undefined || isBlank(value)) return undefined;
    if (!PLACEHOLDERS.has(value.trim())) return { name, value };
    warnings.add(`${name} still holds the placeholder of an example file: it counts as not given`);
    return undefined;
  };
  const read = (name: string, secret: boolean) =>
    secret
      ? directOrFromFile(variable(name), variable(name + FILE_SUFFIX.env), source.readFile, problems)
      : variable(name);

  const env: HealthchecksEnv = {
    get(name) {
      const { plain, secret } = HEALTHCHECKS_NAMES[name] ?? { plain: false, secret: true };
      const found = read(PREFIX + name, secret) ?? (plain ? read(name, secret) : undefined);
      return found === undefined ? undefined : { ...found, value: String(found.value) };
    },
    isTrue(name) {
      const given = env.get(name);
      if (given === undefined) return undefined;
      const parsed = parseValue(boolean, given.value);
      if (parsed.ok) return parsed.value;
      env.refuse(given, parsed.reason);
      return undefined;
    },
    refuse(given, reason, secret = false) {
      problems.push(problemWith(given, reason, secret));
    },
    warn(message) {
      warnings.add(message);
    },
  };
  return env;
}

/** One warning for each `HEALTHCHECKS_` variable that nothing is known of; it may be mistyped. */
export function unknownHealthchecksNames(env: ConfigSource['env']): string[] {
  const known = Object.entries(HEALTHCHECKS_NAMES).flatMap(([name, { secret }]) =>
    secret ? [PREFIX + name, PREFIX + name + FILE_SUFFIX.env] : [PREFIX + name],
  );
  return Object.keys(env)
    .filter((name) => name.startsWith(PREFIX) && !known.includes(name) && !isBlank(env[name]))
    .map((name) => `${name} is not known and is ignored${closest(name, known)}`);
}
