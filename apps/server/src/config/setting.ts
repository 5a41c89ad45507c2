import type { Given } from './given.ts';
import type { HealthchecksEnv } from './healthchecks-env.ts';
import type { ValueType } from './value-types.ts';

/** One row of the table of settings. `D` is the type of its default. */
export interface Setting<T, D = T> {
  /** Path in `Config`. */
  readonly key: string;
  readonly env: `VIGIE_${string}`;
  /** Path in `vigie.yml`. */
  readonly path: string;
  readonly type: ValueType<T>;
  readonly fallback: D;
  /** The default in words, where it is not a constant. */
  readonly fallbackText?: string;
  /** Read from a file too; never shown. */
  readonly secret: boolean;
  /** A change takes effect at the next start. */
  readonly restart: boolean;
  readonly description: string;
  /** Names of Healthchecks it also reads, without their `HEALTHCHECKS_`; an earlier one wins. */
  readonly healthchecks: readonly string[];
  /** Makes one value of several such names; without it, the first given name's text is the value. */
  readonly fromHealthchecks?: (env: HealthchecksEnv) => Given | undefined;
}

/** A row seen without its types, for listings. */
export type AnySetting = Setting<unknown, unknown>;

/** The flag is the environment name in small letters: VIGIE_DATA_DIR, --data-dir. */
export function flagOf(env: string): string {
  return `--${env
    .replace(/^VIGIE_/, '')
    .toLowerCase()
    .replaceAll('_', '-')}`;
}

/** How each source calls the file that holds a secret. */
export const FILE_SUFFIX = { env: '_FILE', flag: '-file', path: '_file' } as const;
