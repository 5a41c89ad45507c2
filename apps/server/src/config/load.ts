import { createRequire } from 'node:module';
import { messageOf } from '../errors.ts';
import { buildConfig, cautions, conflicts } from './build-config.ts';
import type { Config } from './config.ts';
import type { ConfigText } from './config-file.ts';
import { parseFlags } from './flags.ts';
import { type Given, problemWith } from './given.ts';
import { healthchecksEnv, unknownHealthchecksNames } from './healthchecks-env.ts';
import { initialChannelsFrom } from './initial-channels.ts';
import { ownVariable, unknownVariables } from './own-env.ts';
import { ConfigError, type Problem } from './problem.ts';
import { settingReader } from './setting-reader.ts';
import { CONFIG_FILE } from './settings.ts';
import type { ConfigSource } from './source.ts';

const require = createRequire(import.meta.url);

export interface LoadedConfig {
  config: Config;
  /** Sentences for the log; none holds a secret. */
  warnings: string[];
  /** Where each value came from, by key of `Config` (`retention.flips`): a flag, a variable, `file:line`, or `default`. */
  sources: Record<string, string>;
}

/**
 * The configuration, from flags, environment and `vigie.yml`. `docs/configuration.md` is the contract.
 * Throws a {@link ConfigError} with everything that is wrong, not only the first thing.
 */
export function loadConfig(source: ConfigSource): LoadedConfig {
  const problems: Problem[] = unknownVariables(source.env);
  const warnings = new Set(unknownHealthchecksNames(source.env));
  const flags = parseFlags(source.argv, problems);
  const file = configFile(source, flags, problems);
  const healthchecks = healthchecksEnv(source, problems, warnings);
  const reader = settingReader({ source, flags, file: file.given, healthchecks, problems });
  const config: Config = {
    ...buildConfig(reader),
    initialChannels: initialChannelsFrom(healthchecks),
    declared: declaredBy(file),
  };
  problems.push(...conflicts(config, source.fileExists));
  if (problems.length > 0) throw new ConfigError(problems);
  return {
    config,
    warnings: [...warnings, ...cautions(config)],
    sources: reader.origins,
  };
}

function declaredBy({ path, declared }: FileRead): Config['declared'] {
  if (declared === null || declared.document === null) return null;
  const { document, problemAt } = declared;
  return { file: path, document, problemAt };
}

interface FileRead extends ConfigText {
  path: string;
}

/** The file that is named, which must exist, else the default one if it does. */
function configFile(source: ConfigSource, flags: ReadonlyMap<string, Given>, problems: Problem[]): FileRead {
  const named = flags.get(CONFIG_FILE.flag) ?? ownVariable(source.env, CONFIG_FILE.env);
  const path = named === undefined ? CONFIG_FILE.fallback : String(named.value);
  const nothing = { path, given: new Map<string, Given>(), declared: null };
  if (named === undefined && !source.fileExists(path)) return nothing;
  let text: string;
  try {
    text = source.readFile(path);
  } catch (error) {
    const given = named ?? { name: CONFIG_FILE.env, value: path };
    problems.push(problemWith(given, `cannot read the file: ${messageOf(error)}`, false));
    return nothing;
  }
  // With it comes the YAML library, whose megabytes only servers with a file need.
  const { readConfigText } = require('./config-file.ts') as typeof import('./config-file.ts');
  return { path, ...readConfigText(text, path, source.env, problems) };
}
