import { isDeepStrictEqual } from 'node:util';
import type { Config } from './config.ts';
import { loadConfig } from './load.ts';
import { ConfigError } from './problem.ts';
import { allSettings } from './settings.ts';
import type { ConfigSource } from './source.ts';

export type Reloaded =
  | {
      ok: true;
      /** What holds from now on: the new values, but the current ones where a change needs a restart. */
      config: Config;
      warnings: string[];
      /** Keys of `Config` that changed and hold from now on. */
      changed: string[];
      /** Keys of `Config` that changed and hold from the next start. */
      needRestart: string[];
    }
  | { ok: false; config: Config; error: ConfigError };

/** Keys of `Config` itself: a group's settings all need a restart, or none does. */
const RESTART_GROUPS: ReadonlySet<string> = new Set(
  allSettings.filter(({ restart }) => restart).map(({ key }) => key.replace(/\..*/, '')),
);

/** Reads the configuration again. A bad one is returned as an error beside the current one, which stays. */
export function reloadConfig(current: Config, source: ConfigSource): Reloaded {
  try {
    const { config: next, warnings } = loadConfig(source);
    const differing = allSettings.filter(
      ({ key }) => !isDeepStrictEqual(valueAt(current, key), valueAt(next, key)),
    );
    const config = { ...next };
    for (const key of Object.keys(next) as (keyof Config)[]) {
      if (RESTART_GROUPS.has(key)) keep(config, current, key);
    }
    return {
      ok: true,
      config,
      warnings,
      changed: differing.filter(({ restart }) => !restart).map(({ key }) => key),
      needRestart: differing.filter(({ restart }) => restart).map(({ key }) => key),
    };
  } catch (error) {
    if (error instanceof ConfigError) return { ok: false, config: current, error };
    throw error;
  }
}

function keep<K extends keyof Config>(config: Config, current: Config, key: K): void {
  config[key] = current[key];
}

/** The value at a dotted path; undefined where there is none. */
function valueAt(config: Config, path: string): unknown {
  let value: unknown = config;
  for (const part of path.split('.')) {
    value =
      typeof value === 'object' && value !== null
        ? Object.entries(value).find(([key]) => key === part)?.[1]
        : undefined;
  }
  return value;
}
