/**
 * Sees to an API key that server and command line share: `node scripts/start-vigie-key.ts <env file>`. Where the
 * environment has none, or the placeholder of an example file, one is made and written into the file.
 */

import { generateKey } from '../apps/server/src/accounts/keys.ts';
import { PLACEHOLDERS } from '../apps/server/src/config/healthchecks-names.ts';
import { updateEnvFile } from '../packages/client/src/env-file.ts';

const NAMES = ['VIGIE_API_KEY', 'VIGIE_API_KEY_FILE', 'HEALTHCHECKS_API_KEY', 'HEALTHCHECKS_API_KEY_FILE'];

const [file] = process.argv.slice(2);
if (file === undefined) throw new Error('the env file is missing');
const given = NAMES.some((name) => {
  const value = process.env[name]?.trim() ?? '';
  return value !== '' && !PLACEHOLDERS.has(value);
});
if (!given) {
  await updateEnvFile(file, { HEALTHCHECKS_API_KEY: generateKey('write') });
  console.log(`${file} has a new HEALTHCHECKS_API_KEY`);
}
