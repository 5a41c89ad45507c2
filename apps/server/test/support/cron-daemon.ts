/** Debian's cron daemon with one crontab, kept away from the machine's own. */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Its clock stands a little before the minute, so that nobody waits for the real one. */
const CLOCK = '@2026-01-01 11:59:58';
/**
 * In its own mount and PID namespaces: the only crontab is ours, the machine's jobs are not seen, and killing the
 * outermost process ends everything inside.
 */
const NAMESPACE = ['unshare', '--mount', '--pid', '--fork', '--kill-child'];
const SCRIPT = `set -e
mount -t tmpfs tmpfs /var/spool/cron
mkdir /var/spool/cron/crontabs
install -m 600 "$1" /var/spool/cron/crontabs/root
mount -t tmpfs tmpfs /etc/cron.d
mount --bind /dev/null /etc/crontab
mount -t tmpfs tmpfs /run
mount -t tmpfs tmpfs /dev/shm
exec faketime -f "$2" cron -f`;

/** Why no cron daemon can be started here; null = it can. */
export function cronMissing(): string | null {
  if (process.getuid?.() !== 0) return 'a cron daemon needs root';
  const [namespace = '', ...rest] = NAMESPACE;
  if (spawnSync(namespace, [...rest, 'true']).status !== 0) return 'mount namespaces are not allowed';
  const missing = ['cron', 'faketime'].filter((name) => spawnSync('which', [name]).status !== 0);
  return missing.length === 0 ? null : `not installed: ${missing.join(', ')}`;
}

/** Starts the daemon with these lines as the crontab of root. */
export async function startCron(folder: string, lines: readonly string[]): Promise<AsyncDisposable> {
  const file = join(folder, 'crontab');
  writeFileSync(file, `MAILTO=""\n${lines.join('\n')}\n`);
  const [command = '', ...args] = [...NAMESPACE, 'sh', '-c', SCRIPT, 'sh', file, CLOCK];
  const daemon = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'] });
  await once(daemon, 'spawn');
  return {
    async [Symbol.asyncDispose]() {
      if (daemon.exitCode === null && daemon.kill('SIGKILL')) await once(daemon, 'exit');
    },
  };
}
