/** A service of a compose file, read leniently: whatever is not as expected is not there. */
export interface ComposeService {
  name: string;
  /** Without registry and version: `postgres`; empty where it is built. */
  image: string;
  /** Command and entrypoint in one line. */
  command: string;
  /** Values may hold `${NAME}`; null = given by the environment that composes. */
  environment: ReadonlyMap<string, string | null>;
  ports: readonly Port[];
  /** Ports that other services reach. */
  exposed: readonly number[];
}

export interface Port {
  /** In the container. */
  target: number;
  /** On the machine; null = any. */
  published: number | null;
  /** On which of the machine's addresses. */
  host: string;
}

type Variables = Readonly<Record<string, string | undefined>>;

/** The services of a compose document. `env` says what `${NAME}` in ports and images is. */
export function composeServices(document: unknown, env: Variables): ComposeService[] {
  const services = recordOf(recordOf(document)['services']);
  return Object.entries(services).map(([name, value]) => {
    const service = recordOf(value);
    return {
      name,
      image: imageName(filled(textOf(service['image']), env)),
      command: [service['entrypoint'], service['command']].map(lineOf).join(' ').trim(),
      environment: environmentOf(service['environment']),
      ports: listOf(service['ports']).flatMap((port) => portOf(port, env) ?? []),
      exposed: listOf(service['expose'])
        .map(Number)
        .filter((port) => Number.isInteger(port)),
    };
  });
}

/** `registry:5000/team/postgres:17-alpine@sha256:...` is `postgres`. */
function imageName(image: string): string {
  const path = image.replace(/@.*$/, '').split('/').at(-1) ?? '';
  return path.replace(/:.*$/, '').toLowerCase();
}

function environmentOf(value: unknown): Map<string, string | null> {
  if (!Array.isArray(value)) {
    return new Map(
      Object.entries(recordOf(value)).map(([name, text]) => [name, text === null ? null : textOf(text)]),
    );
  }
  return new Map(
    value.map(textOf).map((line): [string, string | null] => {
      const equals = line.indexOf('=');
      return equals === -1 ? [line, null] : [line.slice(0, equals), line.slice(equals + 1)];
    }),
  );
}

/** `8080:80`, `127.0.0.1:8080:80/tcp`, `80`, or the long form; null for UDP, ranges and the like. */
function portOf(value: unknown, env: Variables): Port | null {
  if (typeof value === 'object' && value !== null) {
    const { target, published, host_ip: host, protocol } = recordOf(value);
    if (protocol === 'udp') return null;
    return portFrom(
      textOf(host),
      published === undefined ? '' : filled(textOf(published), env),
      textOf(target),
    );
  }
  const [, host = '', published = '', target = ''] =
    /^(?:(?:(\[[^\]]*\]|[\d.]*):)?(\d*):)?(\d+)(?:\/tcp)?$/.exec(filled(textOf(value), env)) ?? [];
  return portFrom(host, published, target);
}

function portFrom(host: string, published: string, target: string): Port | null {
  if (!/^\d{1,5}$/.test(target) || !/^\d{0,5}$/.test(published)) return null;
  const everywhere = host === '' || host === '0.0.0.0' || host === '[::]';
  return {
    target: Number(target),
    published: published === '' ? null : Number(published),
    host: everywhere ? 'localhost' : host,
  };
}

/** With `${NAME}`, `${NAME:-text}` and `$NAME` replaced. */
function filled(text: string, env: Variables): string {
  return text.replace(
    /\$\{([A-Za-z_]\w*)(?::?-([^}]*))?\}|\$([A-Za-z_]\w*)/g,
    (_, braced?: string, instead?: string, plain?: string) => env[braced ?? plain ?? ''] || (instead ?? ''),
  );
}

function recordOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value))
    : {};
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

function lineOf(value: unknown): string {
  return Array.isArray(value) ? value.map(textOf).join(' ') : textOf(value);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
    ? String(value)
    : '';
}
