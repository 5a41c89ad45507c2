/** A real Mosquitto of the test's own. */
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from '../../../src/probes/testing/certificates.ts';
import { freePort } from '../free-port.ts';
import { runProgram } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

export interface Mosquitto extends AsyncDisposable {
  port: number;
  stop(): Promise<void>;
}

export interface MosquittoOptions {
  /** Who gets in, by name: their password, and what they may read and write, e.g. `['write vigie/#']`. */
  users?: Record<string, { password: string; rights: readonly string[] }>;
  /** It speaks TLS then. */
  identity?: Identity;
}

/** Starts one. @throws when none is installed. */
export async function startMosquitto({ users, identity }: MosquittoOptions = {}): Promise<Mosquitto> {
  const folder = tempFolder('mosquitto');
  // It runs as a user of its own, which must be able to read them.
  chmodSync(folder.path, 0o755);
  const file = (name: string, text: string): string => {
    const path = join(folder.path, name);
    writeFileSync(path, text, { mode: 0o644 });
    return path;
  };
  const port = await freePort();
  const lines = [`listener ${port} 127.0.0.1`, `allow_anonymous ${users === undefined}`, 'sys_interval 1'];
  if (users !== undefined) {
    const passwords = file('passwords', '');
    for (const [name, { password }] of Object.entries(users)) {
      const { code, output } = await runProgram(['mosquitto_passwd', '-b', passwords, name, password]);
      if (code !== 0) throw new Error(`mosquitto_passwd: ${output}`);
    }
    chmodSync(passwords, 0o644);
    const rights = Object.entries(users).map(
      ([name, { rights }]) => `user ${name}\n${rights.map((right) => `topic ${right}\n`).join('')}`,
    );
    lines.push(`password_file ${passwords}`, `acl_file ${file('rights', rights.join('\n'))}`);
  }
  if (identity !== undefined) {
    lines.push(`certfile ${file('cert.pem', identity.cert)}`, `keyfile ${file('key.pem', identity.key)}`);
  }
  const server = await startForeground({
    command: ['/usr/sbin/mosquitto', '-c', file('mosquitto.conf', `${lines.join('\n')}\n`)],
    ready: (output) => output.includes('running'),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { port, stop, [Symbol.asyncDispose]: stop };
}
