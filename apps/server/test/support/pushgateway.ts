import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { freePort } from './free-port.ts';
import { isInstalled } from './program.ts';
import { until } from './until.ts';

/** Milliseconds. */
const STARTS_WITHIN = 20_000;

/** Starts the original beside us, with nothing in it. @throws when it is not installed. */
export async function startPushgateway(): Promise<{ url: string } & AsyncDisposable> {
  if (!isInstalled('prometheus-pushgateway'))
    throw new Error('the Pushgateway is not installed (Debian: apt-get install prometheus-pushgateway)');
  const address = `127.0.0.1:${await freePort()}`;
  // Debian's has a file by default: none of it here.
  const flags = [`--web.listen-address=${address}`, '--web.enable-admin-api', '--persistence.file='];
  const program = spawn('prometheus-pushgateway', flags, { stdio: 'ignore' });
  const url = `http://${address}`;
  await until('the Pushgateway is ready', STARTS_WITHIN, () =>
    fetch(`${url}/-/ready`).then(
      ({ ok }) => ok,
      () => false,
    ),
  );
  return {
    url,
    async [Symbol.asyncDispose]() {
      if (program.exitCode === null && program.kill('SIGTERM')) await once(program, 'exit');
    },
  };
}
