import { isIP } from 'node:net';
import type { Config } from './config.ts';
import type { Problem } from './problem.ts';
import type { SettingReader } from './setting-reader.ts';
import { settings } from './settings.ts';

/** The part of a `Config` that has settings; defaults that depend on other settings are decided here. */
export function buildConfig({ read }: SettingReader): Omit<Config, 'initialChannels' | 'declared'> {
  const host = read(settings.host);
  const port = read(settings.port);
  const smtpPort = read(settings.smtpPort);
  const dataDir = read(settings.dataDir);
  const tls = tlsFiles(read(settings.tlsCertFile), read(settings.tlsKeyFile));
  const baseUrl = read(settings.baseUrl) ?? `${tls === null ? 'http' : 'https'}://localhost:${port}`;
  const { hostname } = new URL(baseUrl);
  return {
    host,
    port,
    publicListen: read(settings.publicListen),
    dataDir,
    databaseUrl: read(settings.databaseUrl) ?? `sqlite:${dataDir.replace(/\/+$/, '')}/vigie.db`,
    baseUrl,
    pingEndpoint: read(settings.pingEndpoint) ?? `${baseUrl}/ping/`,
    siteName: read(settings.siteName),
    smtp: smtpPort === null ? null : { host, port: smtpPort },
    pingEmailDomain: read(settings.pingEmailDomain) ?? hostname,
    pingBodyLimit: read(settings.pingBodyLimit),
    pingLogLimit: read(settings.pingLogLimit),
    metricsKey: read(settings.metricsKey),
    logLevel: read(settings.logLevel),
    trustedProxies: [...read(settings.trustedProxies)],
    tls,
    secretKey: read(settings.secretKey),
    admin: {
      email: read(settings.adminEmail),
      password: read(settings.adminPassword),
      token: read(settings.adminToken),
    },
    project: {
      name: read(settings.projectName),
      apiKey: read(settings.apiKey),
      readKey: read(settings.readKey),
      pingKey: read(settings.pingKey),
    },
    timeZone: read(settings.timeZone),
    deadmanUrl: read(settings.deadmanUrl),
    allowPrivateTargets: read(settings.allowPrivateTargets),
    allowTargets: [...read(settings.allowTargets)],
    uplinkTargets: [...read(settings.uplinkTargets)],
    anonymous: { role: read(settings.anonymousRole), from: [...read(settings.anonymousFrom)] },
    registrationOpen: read(settings.registrationOpen),
    allowedHosts: [...read(settings.allowedHosts)],
    retention: {
      pings: read(settings.retentionPings),
      flips: read(settings.retentionFlips),
      deliveries: read(settings.retentionDeliveries),
      alerts: read(settings.retentionAlerts),
    },
    mail: { url: read(settings.mailUrl), from: read(settings.mailFrom) ?? `vigie@${mailDomain(hostname)}` },
  };
}

/** Half a pair stays half here, with an empty path, for {@link conflicts} to refuse. */
function tlsFiles(certFile: string | null, keyFile: string | null): Config['tls'] {
  return certFile === null && keyFile === null ? null : { certFile: certFile ?? '', keyFile: keyFile ?? '' };
}

/** An address behind @ needs a name; a bare IP address would have to be written in brackets. */
function mailDomain(hostname: string): string {
  return isIP(hostname) !== 0 || hostname.startsWith('[') ? 'localhost' : hostname;
}

/** What is wrong between settings that are right by themselves. */
export function conflicts(config: Config, fileExists: (path: string) => boolean): Problem[] {
  const { tls, admin, project } = config;
  const found: Problem[] = [];
  const missing = (name: string, reason: string) => found.push({ name, value: '', reason });
  const files =
    tls === null
      ? []
      : ([
          ['VIGIE_TLS_CERT_FILE', tls.certFile],
          ['VIGIE_TLS_KEY_FILE', tls.keyFile],
        ] as const);
  for (const [name, path] of files) {
    if (path === '') missing(name, 'is missing; the certificate and its key go together');
    else if (!fileExists(path))
      found.push({ name, value: JSON.stringify(path), reason: 'there is no such file' });
  }
  if (admin.password !== null && admin.email === null)
    missing('VIGIE_ADMIN_EMAIL', 'is missing, but a password is given');
  if (project.apiKey !== null && project.apiKey === project.readKey) {
    missing('VIGIE_READ_KEY', 'is the same as the read-write key');
  }
  return found;
}

/** Shorter secrets can be tried out. */
const SHORT_SECRET = 16;

/** What deserves a word in the log although it works. */
export function cautions({ secretKey, admin, metricsKey }: Config): string[] {
  const secrets = {
    VIGIE_SECRET_KEY: secretKey,
    VIGIE_ADMIN_TOKEN: admin.token,
    VIGIE_METRICS_KEY: metricsKey,
  };
  return Object.entries(secrets)
    .filter(([, value]) => value !== null && value.length < SHORT_SECRET)
    .map(([name]) => `${name} is shorter than ${SHORT_SECRET} characters and can be guessed`);
}
