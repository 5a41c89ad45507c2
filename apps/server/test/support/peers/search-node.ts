/** Real nodes of Elasticsearch and OpenSearch of the test's own, from Maven Central, started by search-node.java. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../free-port.ts';
import { isInstalled } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { cacheOf } from './cache.ts';
import { startForeground } from './foreground-server.ts';
import { type Artifact, fetchJars } from './maven.ts';

interface Product {
  name: 'elasticsearch' | 'opensearch';
  version: string;
  /** What to fetch beside the server and its HTTP. */
  more: readonly Artifact[];
}

/** The last whose node starts without a distribution. */
export const ELASTICSEARCH: Product = { name: 'elasticsearch', version: '7.17.28', more: [] };

/** With its plugin of users and TLS, which Elasticsearch's distribution alone has. */
export const OPENSEARCH: Product = {
  name: 'opensearch',
  version: '2.19.1',
  more: [
    'org.opensearch.plugin:opensearch-security:2.19.1.0:zip',
    // The server names it as optional, and does not start without it.
    'org.apache.logging.log4j:log4j-core:2.21.0',
  ],
};

export interface SearchNode extends AsyncDisposable {
  port: number;
  /** Where other nodes meet it, `127.0.0.1:<port>`. */
  transport: string;
  pid: number;
  signal(name: NodeJS.Signals): void;
  stop(): Promise<void>;
}

/** Why there can be no node here; null = there can. Fetches it the first time. */
export async function noSearch(product: Product): Promise<string | null> {
  if (!isInstalled('javac')) return 'javac is not installed (Debian: apt-get install default-jdk-headless)';
  const { name, version, more } = product;
  const netty = `org.${name}.plugin:transport-netty4-client:${version}` as const;
  return fetchJars(jarsOf(product), `org.${name}:${name}:${version}`, netty, ...more);
}

function jarsOf({ name, version }: Product): string {
  return cacheOf(`${name}-${version}`);
}

const ALONE = { 'discovery.type': 'single-node' };

/** What a node has beside its address. */
export interface SearchNodeOptions {
  settings?: Readonly<Record<string, string>>;
  /** Classes of plugins. */
  plugins?: readonly string[];
  /** Texts of its folder `config`, by path. */
  config?: Readonly<Record<string, string>>;
}

/** Starts a node, a cluster of its own unless its settings say otherwise. @throws when it does not come up. */
export async function startSearchNode(
  product: Product,
  { settings = ALONE, plugins = [], config = {} }: SearchNodeOptions = {},
): Promise<SearchNode> {
  const folder = tempFolder(product.name);
  const write = (path: string, text: string): string => {
    const file = join(folder.path, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, text);
    return file;
  };
  for (const [path, text] of Object.entries(config)) write(join('config', path), text);
  const source = readFileSync(join(import.meta.dirname, 'search-node.java'), 'utf8');
  const main = write('search-node.java', source.replaceAll('org.elasticsearch.', `org.${product.name}.`));
  const [port, transport] = [await freePort(), await freePort()];
  const all = {
    'path.home': folder.path,
    'http.port': String(port),
    'transport.port': String(transport),
    // A full disk of the machine's is none of the test's business.
    'cluster.routing.allocation.disk.threshold_enabled': 'false',
    ...settings,
  };
  const netty = `org.${product.name}.transport.Netty4Plugin`;
  const server = await startForeground({
    command: [
      'java',
      ...['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', join(jarsOf(product), '*'), main],
      ...[netty, ...plugins].map((plugin) => `plugin=${plugin}`),
      ...Object.entries(all).map(([name, value]) => `${name}=${value}`),
    ],
    within: 60_000,
    ready: (output) => output.includes('The node has started'),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return {
    port,
    transport: `127.0.0.1:${transport}`,
    pid: server.pid,
    signal: server.signal,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}
