/** Which kind of probe a service of a compose file gets, and with which settings. */
import type { ComposeService } from './compose-service.ts';
import type { ProposedService } from './proposal.ts';

/** Where a service is reached. */
export interface Place {
  host: string;
  port: number;
}

type Settings = ProposedService['settings'];

export interface ServiceKind {
  kind: string;
  /** Of its image. */
  images: RegExp;
  port: number;
  tier: number;
  /** Seconds. */
  interval: number;
  settings(place: Place, account: Account): Settings;
}

/** Users and secrets of a service; secrets only ever as `${NAME}`. */
export class Account {
  readonly #service: ComposeService;
  readonly notes: string[] = [];

  constructor(service: ComposeService) {
    this.#service = service;
  }

  /** The first of these variables that is no secret; it may hold `${NAME}`. */
  plain(names: readonly string[], instead: string): string {
    const value = names.map((name) => this.#service.environment.get(name)).find((text) => text !== undefined);
    if (value === undefined || value === null || value === '') return instead;
    if (/^\$\{?\w+/.test(value)) return value.replace(/^\$([A-Za-z_]\w*)$/, (_, name) => `\${${name}}`);
    return encodeURIComponent(value);
  }

  /** A reference to the first of these variables that the service has; undefined where it has none. */
  secret(names: readonly string[]): string | undefined {
    const name = names.find((one) => this.#service.environment.has(one));
    if (name === undefined) return undefined;
    const value = this.#service.environment.get(name) ?? '';
    // Without its default: that is a secret too.
    const variable = /^\$\{?([A-Za-z_]\w*)/.exec(value)?.[1] ?? name;
    this.notes.push(`the environment of Vigie needs ${variable}`);
    return `\${${variable}}`;
  }

  /** A password that the command is given. */
  secretOfCommand(option: RegExp, name: string): string | undefined {
    if (!option.test(this.#service.command)) return undefined;
    this.notes.push(`the environment of Vigie needs ${name}`);
    return `\${${name}}`;
  }

  get command(): string {
    return this.#service.command;
  }
}

/** `user:password@`, `:password@` or nothing. */
function login(user: string, password: string | undefined): string {
  if (password === undefined) return user === '' ? '' : `${user}@`;
  return `${user}:${password}@`;
}

function url(scheme: string, { host, port }: Place, before = '', behind = ''): Settings {
  return { url: `${scheme}://${before}${host}:${port}${behind}` };
}

/** Images that are known. The paces are those of the tiers: 30 s for what is critical. */
export const SERVICE_KINDS: readonly ServiceKind[] = [
  {
    kind: 'postgres',
    images: /postgres|postgis|timescaledb|pgvector/,
    port: 5432,
    tier: 1,
    interval: 30,
    settings(place, account) {
      const user = account.plain(['POSTGRES_USER', 'POSTGRESQL_USERNAME'], 'postgres');
      const password = account.secret(['POSTGRES_PASSWORD', 'POSTGRESQL_PASSWORD']);
      const database = account.plain(['POSTGRES_DB', 'POSTGRESQL_DATABASE'], user);
      return url('postgres', place, login(user, password), `/${database}`);
    },
  },
  {
    kind: 'mysql',
    images: /mysql|mariadb|percona/,
    port: 3306,
    tier: 1,
    interval: 30,
    settings(place, account) {
      const user = account.plain(['MYSQL_USER', 'MARIADB_USER'], 'root');
      const own = user === 'root' ? [] : ['MYSQL_PASSWORD', 'MARIADB_PASSWORD'];
      const password = account.secret([...own, 'MYSQL_ROOT_PASSWORD', 'MARIADB_ROOT_PASSWORD']);
      return url(
        'mysql',
        place,
        login(user, password),
        `/${account.plain(['MYSQL_DATABASE', 'MARIADB_DATABASE'], '')}`,
      );
    },
  },
  {
    kind: 'redis',
    images: /^(redis|valkey|keydb)/,
    port: 6379,
    tier: 1,
    interval: 30,
    settings(place, account) {
      const password =
        account.secret(['REDIS_PASSWORD', 'VALKEY_PASSWORD']) ??
        account.secretOfCommand(/--requirepass\b/, 'REDIS_PASSWORD');
      return url('redis', place, login('', password));
    },
  },
  {
    kind: 'kafka',
    images: /kafka|redpanda/,
    port: 9092,
    tier: 2,
    interval: 120,
    settings: ({ host, port }) => ({ brokers: [`${host}:${port}`] }),
  },
  {
    kind: 'zookeeper',
    images: /zookeeper/,
    port: 2181,
    tier: 2,
    interval: 120,
    settings: ({ host, port }) => ({ host, port }),
  },
  {
    kind: 'http',
    images: /minio/,
    port: 9000,
    tier: 2,
    interval: 300,
    settings: (place) => url('http', place, '', '/minio/health/live'),
  },
  {
    kind: 'vault',
    images: /^(vault|openbao)/,
    port: 8200,
    tier: 2,
    interval: 300,
    settings: (place) => url('http', place),
  },
  {
    kind: 'rabbitmq',
    images: /rabbitmq/,
    port: 5672,
    tier: 2,
    interval: 60,
    settings(place, account) {
      const user = account.plain(['RABBITMQ_DEFAULT_USER'], 'guest');
      return url('amqp', place, login(user, account.secret(['RABBITMQ_DEFAULT_PASS']) ?? 'guest'), '/%2F');
    },
  },
  {
    kind: 'nats',
    images: /^nats/,
    port: 4222,
    tier: 2,
    interval: 60,
    settings: (place) => url('nats', place),
  },
  {
    kind: 'mqtt',
    images: /mosquitto|emqx/,
    port: 1883,
    tier: 2,
    interval: 60,
    settings: (place) => url('mqtt', place),
  },
  {
    kind: 'mongodb',
    images: /^mongo(db)?$/,
    port: 27_017,
    tier: 1,
    interval: 30,
    settings(place, account) {
      const user = account.plain(['MONGO_INITDB_ROOT_USERNAME'], '');
      const password = account.secret(['MONGO_INITDB_ROOT_PASSWORD']);
      return url('mongodb', place, user === '' ? '' : login(user, password));
    },
  },
  {
    kind: 'elasticsearch',
    images: /elasticsearch|opensearch$/,
    port: 9200,
    tier: 2,
    interval: 60,
    settings: (place) => url('http', place),
  },
  {
    kind: 'memcached',
    images: /memcached/,
    port: 11_211,
    tier: 2,
    interval: 60,
    settings: ({ host, port }) => ({ host, port }),
  },
];
