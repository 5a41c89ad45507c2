/** A variable that Healthchecks, its compose file or its clients use. */
export interface HealthchecksName {
  /** Also read, or ignored, without `HEALTHCHECKS_` in front. Not for names that other programs give other senses. */
  readonly plain: boolean;
  /** Never shown; NAME_FILE is read too. */
  readonly secret: boolean;
  /** For the documentation: why it is ignored, or how it is read where that is not plain. */
  readonly note: string;
  readonly ignored: boolean;
}

function read(note = ''): HealthchecksName {
  return { plain: true, secret: false, note, ignored: false };
}

function secret(note = ''): HealthchecksName {
  return { plain: true, secret: true, note, ignored: false };
}

function projectKey(note: string): HealthchecksName {
  return { plain: false, secret: true, note, ignored: false };
}

function ofClients(note: string): HealthchecksName {
  return { plain: false, secret: false, note, ignored: true };
}

/** Every name, without `HEALTHCHECKS_`. The table of settings says which setting reads which. */
export const HEALTHCHECKS_NAMES: Readonly<Record<string, HealthchecksName>> = {
  SITE_NAME: read(),
  SITE_ROOT: read(),
  SECRET_KEY: secret(),
  REGISTRATION_OPEN: read(),
  ALLOWED_HOSTS: read(),
  TIMEZONE: read(),
  TIME_ZONE: read(),
  DEBUG: read('`True` sets the log level `debug`; any other value is ignored.'),
  PING_ENDPOINT: read(),
  PING_EMAIL_DOMAIN: read(),
  PING_BODY_LIMIT: read('`None` keeps whole bodies.'),
  SMTPD_PORT: read(),
  METRICS_KEY: secret(),
  INTEGRATIONS_ALLOW_PRIVATE_IPS: read(),
  API_KEY: projectKey('Exactly 32 characters.'),
  READ_KEY: projectKey('Exactly 32 characters.'),
  PING_KEY: projectKey('Healthchecks makes 22 characters; e-mail pings by slug need that length.'),
  DB: read('`postgres` with `DB_HOST`; `sqlite` means the default database; `mysql` is refused.'),
  DB_HOST: read(
    '`HEALTHCHECKS_DB_HOST` selects PostgreSQL without `DB`; `DB_HOST` counts with `DB=postgres`.',
  ),
  DB_PORT: read('Default 5432.'),
  DB_NAME: read('Default `hc`. Not read for SQLite: Vigie does not open a Healthchecks file.'),
  DB_USER: read('Default `postgres`.'),
  DB_PASSWORD: secret(),
  DB_SSLMODE: read('`disable`, `require` or `verify-full`; `prefer` and `allow` mean no TLS.'),
  EMAIL_HOST: read('The other `EMAIL_` names count only with it.'),
  EMAIL_PORT: read('Default 587.'),
  EMAIL_HOST_USER: read(),
  EMAIL_HOST_PASSWORD: secret(),
  EMAIL_USE_TLS: read('Default `True`: STARTTLS is required. `False`: it is not used.'),
  EMAIL_USE_SSL: read('`True`: TLS from the first byte (`smtps://`); excludes `EMAIL_USE_TLS=True`.'),
  DEFAULT_FROM_EMAIL: read(),
  SLACK_ENABLED: read('With a webhook: a Slack channel for the first project of an empty database.'),
  SLACK_WEBHOOK_URL: secret(),
  SLACK_WEBHOOK: secret(),
  SLACK_CHANNEL: read(),
  PAGERDUTY_ENABLED: read('With a key: a PagerDuty channel for the first project of an empty database.'),
  PAGERDUTY_KEY: secret(),
  ENABLED: ofClients('Switches the pings of a client on.'),
  HOST: ofClients("A client's address of the server, not the address to listen on."),
  API_URL: ofClients('Where a client finds the API.'),
  PING_URL: ofClients('Where a client sends pings.'),
  CHECK_TIMEOUT: ofClients("A client's time limit."),
  RETRY_COUNT: ofClients("A client's retries."),
  RETRY_DELAY: ofClients("A client's pause between retries."),
  GRACE_MULTIPLIER: ofClients('A set-up script computes grace times with it.'),
  AUTO_PROVISION: ofClients('A client creates missing checks by itself.'),
};

/** Values that example files hold in place of real ones; a variable that holds one counts as not given. */
export const PLACEHOLDERS: ReadonlySet<string> = new Set([
  'your-project-api-key-here',
  'your-readonly-api-key-here',
  'generate-50-char-secret-key',
  'secure-password-here',
  'healthchecks_secure_password_change_me',
  'app-specific-password',
  'https://hooks.slack.com/services/XXX/YYY/ZZZ',
  'YOUR_SLACK_WEBHOOK_URL',
  'your-integration-key',
  'YOUR_PAGERDUTY_KEY',
]);
