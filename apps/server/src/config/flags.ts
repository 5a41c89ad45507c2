import { closest } from './closest.ts';
import { type Given, isBlank } from './given.ts';
import { type Problem, shownName } from './problem.ts';
import { FILE_SUFFIX, flagOf } from './setting.ts';
import { allSettings, CONFIG_FILE } from './settings.ts';

/** Every flag, and whether it may stand alone, meaning true. */
const SWITCHES: ReadonlyMap<string, boolean> = new Map(
  [{ env: CONFIG_FILE.env, type: { isSwitch: false }, secret: false }, ...allSettings].flatMap(
    ({ env, type, secret }): [string, boolean][] => {
      const flag: [string, boolean] = [flagOf(env), type.isSwitch];
      return secret ? [flag, [flagOf(env) + FILE_SUFFIX.flag, false]] : [flag];
    },
  ),
);

/** Every flag with its dashes, and whether it needs a value. */
export function serverFlags(): { name: string; takesValue: boolean }[] {
  return [...SWITCHES].map(([name, isSwitch]) => ({ name, takesValue: !isSwitch }));
}

/** Reads `--flag=value`, `--flag value` and, for truth values, `--flag`. What is wrong goes to `problems`. */
export function parseFlags(argv: readonly string[], problems: Problem[]): Map<string, Given> {
  const given = new Map<string, Given>();
  // Without the value: that of an unknown argument may be a mistyped secret.
  const refuse = (name: string, reason: string) => problems.push({ name, value: '', reason });
  for (let index = 0; index < argv.length; index += 1) {
    const argument = argv[index]!;
    if (!argument.startsWith('--')) {
      refuse(`argument ${index + 1}`, 'is no flag; flags are --name=value');
      continue;
    }
    const equals = argument.indexOf('=');
    const name = equals < 0 ? argument : argument.slice(0, equals);
    const isSwitch = SWITCHES.get(name);
    let value: string | undefined = equals < 0 ? undefined : argument.slice(equals + 1);
    const next = argv[index + 1];
    if (value === undefined && isSwitch !== true && next !== undefined && !next.startsWith('--')) {
      value = next;
      index += 1;
    }
    if (isSwitch === undefined) refuse(shownName(name), `unknown flag${closest(name, [...SWITCHES.keys()])}`);
    else if (given.has(name)) refuse(name, 'is given twice');
    else if (value === undefined && !isSwitch) refuse(name, 'needs a value');
    else if (value === undefined || !isBlank(value)) given.set(name, { name, value: value ?? 'true' });
  }
  return given;
}
