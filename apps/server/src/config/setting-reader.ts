import { directOrFromFile, type Given, problemWith } from './given.ts';
import type { HealthchecksEnv } from './healthchecks-env.ts';
import { ownVariable } from './own-env.ts';
import type { Problem } from './problem.ts';
import { FILE_SUFFIX, flagOf, type Setting } from './setting.ts';
import type { ConfigSource } from './source.ts';
import { parseValue } from './value-types.ts';

/** All that settings are read from, and where what is wrong with them goes. */
export interface SettingSources {
  readonly source: ConfigSource;
  readonly flags: ReadonlyMap<string, Given>;
  /** The values of `vigie.yml` by their paths. */
  readonly file: ReadonlyMap<string, Given>;
  readonly healthchecks: HealthchecksEnv;
  readonly problems: Problem[];
}

/** Reads settings one by one and remembers where each came from. */
export interface SettingReader {
  /** The value of the strongest source that gives one, else the default. */
  read<T, D>(setting: Setting<T, D>): T | D;
  /** By key of `Config`: a flag, a variable, `file:line`, or `default`. */
  readonly origins: Record<string, string>;
}

/**
 * Flags win over our variables, those over Healthchecks', those over the file. What is wrong in a source of
 * ours is a problem even where another source wins; Healthchecks' variables may be there for another program
 * and are only looked at where they count.
 */
export function settingReader(sources: SettingSources): SettingReader {
  const { source, flags, file, healthchecks, problems } = sources;
  const origins: Record<string, string> = {};

  /** Looks a setting, or the file that holds it, up in one of our own sources. */
  const own = <T, D>(
    { secret }: Setting<T, D>,
    name: string,
    suffix: string,
    get: (name: string) => Given | undefined,
  ): Given | undefined =>
    secret ? directOrFromFile(get(name), get(name + suffix), source.readFile, problems) : get(name);

  const check = <T, D>(setting: Setting<T, D>, given: Given | undefined) => {
    if (given === undefined) return undefined;
    const parsed = parseValue(setting.type, given.value);
    if (parsed.ok) return { value: parsed.value, given };
    problems.push(problemWith(given, parsed.reason, setting.secret));
    return undefined;
  };

  return {
    origins,
    read(setting) {
      const flag = own(setting, flagOf(setting.env), FILE_SUFFIX.flag, (name) => flags.get(name));
      const variable = own(setting, setting.env, FILE_SUFFIX.env, (name) => ownVariable(source.env, name));
      const inFile = own(setting, setting.path, FILE_SUFFIX.path, (name) => file.get(name));
      const ours = [check(setting, flag), check(setting, variable)].find((found) => found !== undefined);
      const ofFile = check(setting, inFile);
      const theirs =
        flag === undefined && variable === undefined
          ? check(setting, fromHealthchecks(setting, healthchecks))
          : undefined;
      const found = ours ?? theirs ?? ofFile;
      origins[setting.key] = originOf(found?.given);
      return found === undefined ? setting.fallback : found.value;
    },
  };
}

function fromHealthchecks<T, D>(setting: Setting<T, D>, env: HealthchecksEnv): Given | undefined {
  if (setting.fromHealthchecks !== undefined) return setting.fromHealthchecks(env);
  for (const name of setting.healthchecks) {
    const given = env.get(name);
    if (given !== undefined) return given;
  }
  return undefined;
}

function originOf(given: Given | undefined): string {
  if (given === undefined) return 'default';
  return given.file === undefined ? given.name : `${given.file}:${given.line}`;
}
