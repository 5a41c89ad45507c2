import type { Problem } from './problem.ts';

/** How much the server tells about itself; the names and order are pino's. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** What a request without credentials may do; a member role of the product, or nothing. */
export const ANONYMOUS_ROLES = ['none', 'readonly', 'member', 'manager'] as const;

export type LogLevel = (typeof LOG_LEVELS)[number];
export type AnonymousRole = (typeof ANONYMOUS_ROLES)[number];

/** A channel made for the first project when the database is empty. */
export type InitialChannel =
  | { kind: 'slack'; name: string; settings: { url: string; channel: string | null } }
  | { kind: 'pagerduty'; name: string; settings: { key: string } };

/** What the server's own file declares. */
export interface OwnDeclarations {
  file: string;
  document: Record<string, unknown>;
  /** Gives what is wrong at a path of it its line. */
  problemAt(fault: { path: readonly PropertyKey[]; reason: string }): Problem;
}

/**
 * Everything the server is told at its start, checked and complete: no reader of it decides a default.
 * Durations are milliseconds, sizes are bytes. `docs/configuration.md` describes each setting.
 */
export interface Config {
  host: string;
  /** 0 = any free port; `baseUrl` then still says 0 unless it was given. */
  port: number;
  publicListen: { host: string; port: number } | null;
  dataDir: string;
  /** `sqlite:<path>` or `postgres://...`. */
  databaseUrl: string;
  /** Where browsers and jobs reach the server; no trailing slash. */
  baseUrl: string;
  /** What a check's UUID is appended to; ends in a slash. */
  pingEndpoint: string;
  siteName: string;
  /** The listener for e-mail pings; port 0 = any free; null = none. */
  smtp: { host: string; port: number } | null;
  pingEmailDomain: string;
  /** Kept bytes of a ping's body; null = all of them. */
  pingBodyLimit: number | null;
  /** Kept pings of a check. */
  pingLogLimit: number;
  metricsKey: string | null;
  logLevel: LogLevel;
  /** IP addresses and CIDR ranges whose Forwarded headers count. */
  trustedProxies: string[];
  tls: { certFile: string; keyFile: string } | null;
  /** null = generated, and kept in the data directory. */
  secretKey: string | null;
  admin: { email: string | null; password: string | null; token: string | null };
  project: { name: string; apiKey: string | null; readKey: string | null; pingKey: string | null };
  timeZone: string;
  deadmanUrl: string | null;
  allowPrivateTargets: boolean;
  /** Host names, IP addresses and CIDR ranges. */
  allowTargets: string[];
  /** `host:port`: reached unless our own uplink is gone. */
  uplinkTargets: string[];
  anonymous: { role: AnonymousRole; from: string[] };
  registrationOpen: boolean;
  /** `*`, host names, or `.example.com` for a domain and what is under it. */
  allowedHosts: string[];
  /** How long things are kept; pings null = by their number alone. */
  retention: { pings: number | null; flips: number; deliveries: number; alerts: number };
  mail: { url: string | null; from: string };
  initialChannels: InitialChannel[];
  /** What the file declares besides settings (a document of the native API); null = nothing. */
  declared: OwnDeclarations | null;
}
