/** A real OpenBao, or else Vault, of the test's own: in memory, unsealed, with a token for everything. */
import { freePort } from '../free-port.ts';
import { isInstalled } from '../program.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

const TOKEN = 'root-of-the-test';

export interface VaultServer extends AsyncDisposable {
  url: string;
  token: string;
  stop(): Promise<void>;
}

/** The program that there is; null = none. */
export function installedVault(): 'bao' | 'vault' | null {
  return isInstalled('bao') ? 'bao' : isInstalled('vault') ? 'vault' : null;
}

/** Starts one. @throws when none is installed. */
export async function startVault(): Promise<VaultServer> {
  const program = installedVault();
  if (program === null) throw new Error('neither OpenBao nor Vault is installed');
  const folder = tempFolder('vault');
  const address = `127.0.0.1:${await freePort()}`;
  const url = `http://${address}`;
  const server = await startForeground({
    command: [program, 'server', '-dev', `-dev-listen-address=${address}`, `-dev-root-token-id=${TOKEN}`],
    env: { ...process.env, HOME: folder.path },
    ready: () =>
      fetch(`${url}/v1/sys/health`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return { url, token: TOKEN, stop, [Symbol.asyncDispose]: stop };
}
