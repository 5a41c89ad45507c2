import { ANONYMOUS_ROLES, LOG_LEVELS } from './config.ts';
import { DATABASE_NAMES, databaseFromHealthchecks } from './healthchecks-database.ts';
import { MAIL_NAMES, mailFromHealthchecks } from './healthchecks-mail.ts';
import * as network from './network-types.ts';
import type { AnySetting, Setting } from './setting.ts';
import { duration, timeZone } from './time-types.ts';
import { boolean, choice, integer, matching, orNull, text } from './value-types.ts';

/** Longer paths exist nowhere. */
const PATH = text(4096);
const PORT = integer(0, network.HIGHEST_PORT);
/** Healthchecks' API takes no key of another length. */
const API_KEY = matching(/^[!-~]{32}$/, 'exactly 32 characters, without spaces');
const PING_KEY = matching(/^[A-Za-z0-9_-]{8,64}$/, '8 to 64 letters, digits, - and _');
const MAIL_ADDRESS = matching(/^[^\s@<>"(),:;\\[\]]{1,64}@[^\s@<>"(),;\\]{1,255}$/, 'an e-mail address');
const SENDER = matching(
  /^(?:[^\p{Cc}<>]{0,200}<[^\s@<>"]{1,64}@[^\s@<>"]{1,255}>|[^\s@<>"]{1,64}@[^\s@<>"]{1,255})$/u,
  'an e-mail address, or Name <address>',
);
/** 1 GiB: a kept body has to fit into memory. */
const LARGEST_BODY = 2 ** 30;
/** Keeps one check's log within what its page and its pruning can handle. */
const LONGEST_PING_LOG = 1_000_000;

/** Fills in what most rows share. */
function row<T, const D>(
  own: Pick<Setting<T, D>, 'key' | 'env' | 'path' | 'type' | 'fallback' | 'description'> &
    Partial<Setting<T, D>>,
): Setting<T, D> {
  return { secret: false, restart: false, healthchecks: [], ...own };
}

/**
 * Every setting, once. Reading, `--help`, the JSON Schema of `vigie.yml`, the tables of
 * `docs/configuration.md` and the tests derive from these rows.
 */
export const settings = {
  host: row({
    key: 'host',
    env: 'VIGIE_HOST',
    path: 'listen.host',
    type: network.host,
    fallback: '0.0.0.0',
    restart: true,
    description: 'Address to listen on.',
  }),
  port: row({
    key: 'port',
    env: 'VIGIE_PORT',
    path: 'listen.port',
    type: PORT,
    fallback: 8000,
    restart: true,
    description: 'Port to listen on; 0 takes any free one.',
  }),
  publicListen: row({
    key: 'publicListen',
    env: 'VIGIE_PUBLIC_LISTEN',
    path: 'listen.public',
    type: network.listenAddress,
    fallback: null,
    restart: true,
    description:
      'A second address that serves only pings, badges and status pages, for the outside of a firewall.',
  }),
  smtpPort: row({
    key: 'smtp',
    env: 'VIGIE_SMTP_PORT',
    path: 'listen.smtp_port',
    type: orNull(PORT, 'off'),
    fallback: 8001,
    restart: true,
    healthchecks: ['SMTPD_PORT'],
    description: 'Port for e-mail pings; 0 takes any free one, `off` listens on none.',
  }),
  tlsCertFile: row({
    key: 'tls.certFile',
    env: 'VIGIE_TLS_CERT_FILE',
    path: 'tls.cert_file',
    type: PATH,
    fallback: null,
    restart: true,
    description: 'Certificate chain (PEM) for HTTPS. Read again when it changes. Needs `VIGIE_TLS_KEY_FILE`.',
  }),
  tlsKeyFile: row({
    key: 'tls.keyFile',
    env: 'VIGIE_TLS_KEY_FILE',
    path: 'tls.key_file',
    type: PATH,
    fallback: null,
    restart: true,
    description: 'Private key (PEM) of the certificate. Read again when it changes.',
  }),
  dataDir: row({
    key: 'dataDir',
    env: 'VIGIE_DATA_DIR',
    path: 'data_dir',
    type: PATH,
    fallback: './data',
    restart: true,
    description: 'Directory for everything the server keeps.',
  }),
  databaseUrl: row({
    key: 'databaseUrl',
    env: 'VIGIE_DATABASE_URL',
    path: 'database_url',
    type: network.databaseUrl,
    fallback: null,
    fallbackText: '`sqlite:<data directory>/vigie.db`',
    secret: true,
    restart: true,
    healthchecks: DATABASE_NAMES,
    fromHealthchecks: databaseFromHealthchecks,
    description: 'The database: SQLite in one file, or PostgreSQL, which several nodes can share.',
  }),
  baseUrl: row({
    key: 'baseUrl',
    env: 'VIGIE_BASE_URL',
    path: 'base_url',
    type: network.baseUrl,
    fallback: null,
    fallbackText: '`http://localhost:<port>`',
    restart: true,
    healthchecks: ['SITE_ROOT'],
    description: 'Where browsers and jobs reach the server; links and ping addresses begin with it.',
  }),
  pingEndpoint: row({
    key: 'pingEndpoint',
    env: 'VIGIE_PING_ENDPOINT',
    path: 'ping.endpoint',
    type: network.baseUrlWithSlash,
    fallback: null,
    fallbackText: '`<base URL>/ping/`',
    restart: true,
    healthchecks: ['PING_ENDPOINT'],
    description: "What ping addresses show before a check's UUID.",
  }),
  pingEmailDomain: row({
    key: 'pingEmailDomain',
    env: 'VIGIE_PING_EMAIL_DOMAIN',
    path: 'ping.email_domain',
    type: network.host,
    fallback: null,
    fallbackText: 'the host of the base URL',
    restart: true,
    healthchecks: ['PING_EMAIL_DOMAIN'],
    description: 'Domain of the addresses that take e-mail pings.',
  }),
  pingBodyLimit: row({
    key: 'pingBodyLimit',
    env: 'VIGIE_PING_BODY_LIMIT',
    path: 'ping.body_limit',
    type: orNull(integer(0, LARGEST_BODY), 'none'),
    fallback: 10_000,
    healthchecks: ['PING_BODY_LIMIT'],
    description: "Bytes kept of a ping's body; `none` keeps all of it.",
  }),
  pingLogLimit: row({
    key: 'pingLogLimit',
    env: 'VIGIE_PING_LOG_LIMIT',
    path: 'ping.log_limit',
    type: integer(1, LONGEST_PING_LOG),
    fallback: 100,
    description: 'Pings kept of each check.',
  }),
  siteName: row({
    key: 'siteName',
    env: 'VIGIE_SITE_NAME',
    path: 'site_name',
    type: text(100),
    fallback: 'Vigie',
    healthchecks: ['SITE_NAME'],
    description: 'The name in pages and messages.',
  }),
  timeZone: row({
    key: 'timeZone',
    env: 'VIGIE_TIMEZONE',
    path: 'timezone',
    type: timeZone,
    fallback: 'UTC',
    healthchecks: ['TIMEZONE', 'TIME_ZONE'],
    description: 'Time zone of reports, and of schedules that name none.',
  }),
  logLevel: row({
    key: 'logLevel',
    env: 'VIGIE_LOG_LEVEL',
    path: 'log_level',
    type: choice(LOG_LEVELS),
    fallback: 'info',
    healthchecks: ['DEBUG'],
    fromHealthchecks: (env) => {
      const debug = env.get('DEBUG');
      return debug?.value.trim().toLowerCase() === 'true' ? { name: debug.name, value: 'debug' } : undefined;
    },
    description: 'Least severe entry that is logged.',
  }),
  metricsKey: row({
    key: 'metricsKey',
    env: 'VIGIE_METRICS_KEY',
    path: 'metrics_key',
    type: text(200),
    fallback: null,
    secret: true,
    healthchecks: ['METRICS_KEY'],
    description: "Key for the server's own metrics.",
  }),
  deadmanUrl: row({
    key: 'deadmanUrl',
    env: 'VIGIE_DEADMAN_URL',
    path: 'deadman_url',
    type: network.httpUrl,
    fallback: null,
    secret: true,
    description: 'Address pinged every 60 s while store, timers and deliveries are healthy.',
  }),
  secretKey: row({
    key: 'secretKey',
    env: 'VIGIE_SECRET_KEY',
    path: 'secret_key',
    type: text(1000),
    fallback: null,
    fallbackText: 'generated, kept in the data directory',
    secret: true,
    restart: true,
    healthchecks: ['SECRET_KEY'],
    description: 'Signs sessions, links and badges, and keys the hashes of API keys. The same on all nodes.',
  }),
  adminEmail: row({
    key: 'admin.email',
    env: 'VIGIE_ADMIN_EMAIL',
    path: 'admin.email',
    type: MAIL_ADDRESS,
    fallback: null,
    fallbackText: 'none: a set-up link is printed',
    restart: true,
    description: 'Account of the instance admin, made at the first start.',
  }),
  adminPassword: row({
    key: 'admin.password',
    env: 'VIGIE_ADMIN_PASSWORD',
    path: 'admin.password',
    type: text(1000, 8),
    fallback: null,
    secret: true,
    restart: true,
    description: 'Password of that account. Needs `VIGIE_ADMIN_EMAIL`.',
  }),
  adminToken: row({
    key: 'admin.token',
    env: 'VIGIE_ADMIN_TOKEN',
    path: 'admin.token',
    type: text(1000),
    fallback: null,
    secret: true,
    restart: true,
    description: 'Bearer token with the rights of the instance admin, for scripts.',
  }),
  projectName: row({
    key: 'project.name',
    env: 'VIGIE_PROJECT',
    path: 'project.name',
    type: text(200),
    fallback: 'My project',
    restart: true,
    description: 'The project that configuration files belong to; made at the first start.',
  }),
  apiKey: row({
    key: 'project.apiKey',
    env: 'VIGIE_API_KEY',
    path: 'project.api_key',
    type: API_KEY,
    fallback: null,
    fallbackText: 'generated',
    secret: true,
    restart: true,
    healthchecks: ['API_KEY'],
    description: 'Read-write API key of the first project.',
  }),
  readKey: row({
    key: 'project.readKey',
    env: 'VIGIE_READ_KEY',
    path: 'project.read_key',
    type: API_KEY,
    fallback: null,
    fallbackText: 'generated',
    secret: true,
    restart: true,
    healthchecks: ['READ_KEY'],
    description: 'Read-only API key of the first project.',
  }),
  pingKey: row({
    key: 'project.pingKey',
    env: 'VIGIE_PING_KEY',
    path: 'project.ping_key',
    type: PING_KEY,
    fallback: null,
    fallbackText: 'generated',
    secret: true,
    restart: true,
    healthchecks: ['PING_KEY'],
    description: 'Ping key of the first project, for pings by slug.',
  }),
  registrationOpen: row({
    key: 'registrationOpen',
    env: 'VIGIE_REGISTRATION_OPEN',
    path: 'registration_open',
    type: boolean,
    fallback: false,
    healthchecks: ['REGISTRATION_OPEN'],
    description: 'Whether strangers may make an account.',
  }),
  allowedHosts: row({
    key: 'allowedHosts',
    env: 'VIGIE_ALLOWED_HOSTS',
    path: 'allowed_hosts',
    type: network.hostPatterns,
    fallback: ['*'],
    healthchecks: ['ALLOWED_HOSTS'],
    description: 'Host names that requests may name; `.example.com` includes subdomains.',
  }),
  trustedProxies: row({
    key: 'trustedProxies',
    env: 'VIGIE_TRUSTED_PROXIES',
    path: 'trusted_proxies',
    type: network.addressRanges,
    fallback: [],
    description: "Proxies whose Forwarded and X-Forwarded-* headers tell the client's address.",
  }),
  anonymousRole: row({
    key: 'anonymous.role',
    env: 'VIGIE_ANONYMOUS_ROLE',
    path: 'anonymous.role',
    type: choice(ANONYMOUS_ROLES),
    fallback: 'none',
    description: 'Role of requests without credentials from `VIGIE_ANONYMOUS_FROM`.',
  }),
  anonymousFrom: row({
    key: 'anonymous.from',
    env: 'VIGIE_ANONYMOUS_FROM',
    path: 'anonymous.from',
    type: network.addressRanges,
    fallback: network.LOOPBACK,
    description: 'Where requests without credentials may come from.',
  }),
  allowPrivateTargets: row({
    key: 'allowPrivateTargets',
    env: 'VIGIE_ALLOW_PRIVATE_TARGETS',
    path: 'targets.allow_private',
    type: boolean,
    fallback: true,
    healthchecks: ['INTEGRATIONS_ALLOW_PRIVATE_IPS'],
    description: 'Whether outgoing calls may reach loopback and private addresses.',
  }),
  allowTargets: row({
    key: 'allowTargets',
    env: 'VIGIE_ALLOW_TARGETS',
    path: 'targets.allow',
    type: network.targets,
    fallback: [],
    description: 'Targets that outgoing calls may reach although they are refused otherwise.',
  }),
  uplinkTargets: row({
    key: 'uplinkTargets',
    env: 'VIGIE_UPLINK_TARGETS',
    path: 'probes.uplink',
    type: network.endpoints,
    fallback: [],
    description:
      'What can always be reached unless our own uplink is gone, e.g. `9.9.9.9:53`: while none of it can, probes that fail tell nobody.',
  }),
  retentionPings: row({
    key: 'retention.pings',
    env: 'VIGIE_RETENTION_PINGS',
    path: 'retention.pings',
    type: orNull(duration, 'none'),
    fallback: null,
    fallbackText: '`none`',
    description: 'How long pings are kept; `none` keeps them by their number alone.',
  }),
  retentionFlips: row({
    key: 'retention.flips',
    env: 'VIGIE_RETENTION_FLIPS',
    path: 'retention.flips',
    type: duration,
    fallback: 93 * 86_400_000,
    fallbackText: '`93d`',
    description: 'How long changes between up and down are kept.',
  }),
  retentionDeliveries: row({
    key: 'retention.deliveries',
    env: 'VIGIE_RETENTION_DELIVERIES',
    path: 'retention.deliveries',
    type: duration,
    fallback: 93 * 86_400_000,
    fallbackText: '`93d`',
    description: 'How long the record of sent notifications is kept.',
  }),
  retentionAlerts: row({
    key: 'retention.alerts',
    env: 'VIGIE_RETENTION_ALERTS',
    path: 'retention.alerts',
    type: duration,
    fallback: 400 * 86_400_000,
    fallbackText: '`400d`',
    description: 'How long alerts that are over, their account and their incidents are kept.',
  }),
  mailUrl: row({
    key: 'mail.url',
    env: 'VIGIE_MAIL_URL',
    path: 'mail.url',
    type: network.mailUrl,
    fallback: null,
    fallbackText: 'none: no mail is sent',
    secret: true,
    healthchecks: MAIL_NAMES,
    fromHealthchecks: mailFromHealthchecks,
    description:
      'Server for outgoing mail; `?requireTLS=true` insists on STARTTLS, `?ignoreTLS=true` forgoes it.',
  }),
  mailFrom: row({
    key: 'mail.from',
    env: 'VIGIE_MAIL_FROM',
    path: 'mail.from',
    type: SENDER,
    fallback: null,
    fallbackText: '`vigie@<host of the base URL>`',
    healthchecks: ['DEFAULT_FROM_EMAIL'],
    description: 'Sender of outgoing mail.',
  }),
};

/** The rows, for listings. */
export const allSettings: readonly AnySetting[] = Object.values(settings);

/** The file of settings itself: no setting of it, but given the same way. */
export const CONFIG_FILE = {
  env: 'VIGIE_CONFIG',
  flag: '--config',
  fallback: 'vigie.yml',
  description: 'File of settings; `vigie.yml` in the working directory is read where it exists.',
} as const;
