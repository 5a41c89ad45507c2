import type { InitialChannel } from './config.ts';
import type { GivenText, HealthchecksEnv } from './healthchecks-env.ts';
import { httpUrl } from './network-types.ts';
import { parseValue } from './value-types.ts';

/** The names that {@link initialChannelsFrom} reads. */
export const CHANNEL_NAMES = [
  'SLACK_ENABLED',
  'SLACK_WEBHOOK_URL',
  'SLACK_WEBHOOK',
  'SLACK_CHANNEL',
  'PAGERDUTY_ENABLED',
  'PAGERDUTY_KEY',
];

/** The channels that Healthchecks' variables switch on and give an address. */
export function initialChannelsFrom(env: HealthchecksEnv): InitialChannel[] {
  return [...slack(env), ...pagerDuty(env)];
}

function slack(env: HealthchecksEnv): InitialChannel[] {
  if (env.isTrue('SLACK_ENABLED') !== true) return [];
  const webhook = env.get('SLACK_WEBHOOK_URL') ?? env.get('SLACK_WEBHOOK');
  if (webhook === undefined) return missing(env, 'SLACK_ENABLED', 'webhook', 'Slack');
  const url = checked(env, webhook);
  const channel = env.get('SLACK_CHANNEL')?.value ?? null;
  const name = channel === null ? 'Slack' : `Slack ${channel}`;
  return url === undefined ? [] : [{ kind: 'slack', name, settings: { url, channel } }];
}

function checked(env: HealthchecksEnv, webhook: GivenText): string | undefined {
  const parsed = parseValue(httpUrl, webhook.value);
  if (parsed.ok) return parsed.value;
  env.refuse(webhook, parsed.reason, true);
  return undefined;
}

function pagerDuty(env: HealthchecksEnv): InitialChannel[] {
  if (env.isTrue('PAGERDUTY_ENABLED') !== true) return [];
  const key = env.get('PAGERDUTY_KEY');
  if (key === undefined) return missing(env, 'PAGERDUTY_ENABLED', 'key', 'PagerDuty');
  return [{ kind: 'pagerduty', name: 'PagerDuty', settings: { key: key.value.trim() } }];
}

function missing(env: HealthchecksEnv, enabled: string, what: string, service: string): InitialChannel[] {
  env.warn(
    `${env.get(enabled)?.name ?? enabled} is set, but no ${what} is given: no ${service} channel is made`,
  );
  return [];
}
