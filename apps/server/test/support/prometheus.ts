/** A real Prometheus of the test's own. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from './free-port.ts';
import { isInstalled } from './program.ts';

/** Kept output, to tell why it ended. */
const OUTPUT_LIMIT = 10_000;

export interface ScrapeJob {
  name: string;
  /** Host and port. */
  target: string;
  path: string;
  /** Sent as a Bearer token. */
  token?: string;
}

export interface Sample {
  labels: Record<string, string>;
  value: number;
}

export interface Prometheus extends AsyncDisposable {
  /** An instant query; null as long as it does not answer. @throws when it has ended. */
  query(expression: string): Promise<Sample[] | null>;
}

/** Starts one that scrapes every second. @throws when none is installed. */
export async function startPrometheus(folder: string, jobs: readonly ScrapeJob[]): Promise<Prometheus> {
  const server = await spawnPrometheus(folder, configuration(jobs));
  return {
    async query(expression) {
      server.requireRunning();
      const query = new URLSearchParams({ query: expression });
      const response = await fetch(`${server.url}/api/v1/query?${query}`).catch(() => null);
      return response?.ok ? samplesOf((await response.json()) as Answer) : null;
    },
    [Symbol.asyncDispose]: () => server[Symbol.asyncDispose](),
  };
}

export interface PrometheusServer extends AsyncDisposable {
  readonly url: string;
  /** @throws when it has ended, with what it wrote. */
  requireRunning(): void;
}

/**
 * Starts one that answers as soon as it is ready.
 * @param configuration the text of its file.
 * @param flags beside those that say where it is.
 * @throws when none is installed.
 */
export async function spawnPrometheus(
  folder: string,
  configuration: string,
  flags: readonly string[] = [],
): Promise<PrometheusServer> {
  if (!isInstalled('prometheus'))
    throw new Error('Prometheus is not installed (Debian: apt-get install prometheus)');
  const file = join(folder, 'prometheus.yml');
  writeFileSync(file, configuration);
  const address = `127.0.0.1:${await freePort()}`;
  const storage = `--storage.tsdb.path=${join(folder, 'prometheus')}`;
  const args = [`--config.file=${file}`, storage, `--web.listen-address=${address}`, ...flags];
  const server = spawn('prometheus', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let output = '';
  server.stderr.setEncoding('utf8').on('data', (text: string) => {
    output = (output + text).slice(-OUTPUT_LIMIT);
  });
  const ended = (): boolean => server.exitCode !== null;
  return {
    url: `http://${address}`,
    requireRunning: () => {
      if (ended()) throw new Error(`Prometheus has ended:\n${output}`);
    },
    async [Symbol.asyncDispose]() {
      if (!ended() && server.kill('SIGTERM')) await once(server, 'exit');
    },
  };
}

/** JSON is YAML. */
function configuration(jobs: readonly ScrapeJob[]): string {
  return JSON.stringify({
    global: { scrape_interval: '1s', scrape_timeout: '1s' },
    scrape_configs: jobs.map(({ name, target, path, token }) => ({
      job_name: name,
      metrics_path: path,
      static_configs: [{ targets: [target] }],
      ...(token === undefined ? {} : { authorization: { credentials: token } }),
    })),
  });
}

interface Answer {
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

function samplesOf({ data }: Answer): Sample[] {
  return data.result.map(({ metric, value }) => ({ labels: metric, value: Number(value[1]) }));
}
