import { defaultText } from './default-text.ts';
import { FILE_SUFFIX, flagOf } from './setting.ts';
import { allSettings, CONFIG_FILE } from './settings.ts';

/** The flags of the server, for `--help`. */
export function helpText(): string {
  const rows = allSettings.flatMap((setting) => {
    const { env, secret, description } = setting;
    const flag = secret ? `${flagOf(env)}[${FILE_SUFFIX.flag}]` : flagOf(env);
    return entry(flag, description, `${env}; default: ${defaultText(setting)}`);
  });
  return [
    'Flags (--name=value or --name value), the environment variable that means the same, and the default:',
    '',
    ...entry(CONFIG_FILE.flag, CONFIG_FILE.description, CONFIG_FILE.env),
    ...rows,
    '',
    `A flag with [${FILE_SUFFIX.flag}] also names a file that holds the secret, as does its variable with ${FILE_SUFFIX.env}.`,
    '',
  ].join('\n');
}

function entry(flag: string, description: string, source: string): string[] {
  return [`  ${flag}`, ...[description, source].map((line) => `      ${line.replaceAll('`', '')}`)];
}
