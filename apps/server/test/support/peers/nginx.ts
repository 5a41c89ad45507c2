/** A real nginx of the test's own: answers that are well, slow, broken, endless, behind a password; also over TLS. */
import { existsSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Identity } from '../../../src/probes/testing/certificates.ts';
import { freePort } from '../free-port.ts';
import { tempFolder } from '../temp-folder.ts';
import { startForeground } from './foreground-server.ts';

const NGINX = '/usr/sbin/nginx';
/** Bytes of the answer that nobody wants whole. */
const BIG = 1_000_000_000;

export interface Nginx extends AsyncDisposable {
  /** `http://localhost:<port>` */
  url: string;
  /** The same with TLS; null without an identity. */
  secureUrl: string | null;
  port: number;
  securePort: number;
  pid: number;
  stop(): Promise<void>;
}

/** Starts one. @throws when none is installed. */
export async function startNginx(identity: Identity | null = null): Promise<Nginx> {
  if (!existsSync(NGINX)) throw new Error('nginx is not installed (Debian: apt-get install nginx-light)');
  const folder = tempFolder('nginx');
  const [port, securePort, brokenPort] = [await freePort(), await freePort(), await freePort()];
  const write = (name: string, text: string): void => writeFileSync(join(folder.path, name), text);
  write('page', 'a page of nginx');
  write('big', '');
  truncateSync(join(folder.path, 'big'), BIG);
  // The password is "geheim" (htpasswd's plain form).
  write('users', 'joe:{PLAIN}geheim\n');
  if (identity !== null) {
    write('cert.pem', identity.cert);
    write('key.pem', identity.key);
  }
  const secure = `listen 127.0.0.1:${securePort} ssl; ssl_certificate cert.pem; ssl_certificate_key key.pem;`;
  write('nginx.conf', configuration(port, identity === null ? '' : secure, brokenPort));
  const server = await startForeground({
    command: [NGINX, '-p', folder.path, '-c', join(folder.path, 'nginx.conf'), '-e', 'stderr'],
    ready: () =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        ({ ok }) => ok,
        () => false,
      ),
  });
  const stop = async (): Promise<void> => {
    await server.stop();
    folder[Symbol.dispose]();
  };
  return {
    url: `http://localhost:${port}`,
    secureUrl: identity === null ? null : `https://localhost:${securePort}`,
    port,
    securePort,
    pid: server.pid,
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

/** Workers of a root's nginx are root too: the folder is for nobody else. */
function configuration(port: number, secure: string, brokenPort: number): string {
  return `
daemon off;
${process.getuid?.() === 0 ? 'user root;' : ''}
worker_processes 1;
pid nginx.pid;
events {}
http {
  access_log off;
  client_body_temp_path body; proxy_temp_path proxy; fastcgi_temp_path fastcgi;
  uwsgi_temp_path uwsgi; scgi_temp_path scgi;
  server {
    listen 127.0.0.1:${port};
    ${secure}
    server_tokens on;
    root .;
    location = /health {
      default_type application/json;
      return 200 '{"status":"ok","version":"2.0.1","checks":[{"name":"db","up":true}]}';
    }
    location = /page {}
    location = /big {}
    location = /slow { limit_rate 1; try_files /page =404; }
    location = /broken { return 500 'broken'; }
    location = /busy { return 429; }
    location = /drop { return 444; }
    location = /upstream { proxy_pass http://127.0.0.1:${brokenPort}; }
    location = /private { auth_basic 'private'; auth_basic_user_file users; try_files /page =404; }
    location = /forbidden { deny all; }
    location = /moved { return 301 /page; }
    location = /loop { return 302 /loop; }
    location = /away { return 302 http://elsewhere.example/; }
  }
}
`;
}
