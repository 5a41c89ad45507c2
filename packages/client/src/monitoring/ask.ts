/** A question to the monitoring API of Vigie. */
import { keyFor } from '../api.ts';
import { type Answer, call, Unreachable } from '../http.ts';
import { type Settings, serverOf } from '../settings.ts';

type AskSettings = Pick<Settings, 'enabled' | 'apiUrl' | 'apiKey' | 'readKey' | 'checkTimeout'>;

/**
 * Asks, with the key that is set and nothing else; `path` follows `/api/monitoring`.
 * @returns what the server answers, whatever its status.
 * @throws Unreachable when no whole answer comes within `checkTimeout`, or when monitoring is off.
 */
export async function askMonitoring(
  settings: AskSettings,
  method: 'GET' | 'POST',
  path: string,
): Promise<Answer> {
  if (!settings.enabled) throw new Unreachable('monitoring is switched off (HEALTHCHECKS_ENABLED)');
  const key = keyFor(settings, method);
  return call({
    method,
    url: `${serverOf(settings.apiUrl)}/api/monitoring${path}`,
    headers: key === null ? {} : { 'X-Api-Key': key },
    // The key is for this server alone.
    redirect: 'manual',
    timeout: settings.checkTimeout * 1000,
  });
}
