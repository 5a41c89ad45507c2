import { createServer } from 'node:net';
import { test } from 'node:test';
import { assertFailed, assertWell, probing } from '../../testing/probing.ts';
import { tcp } from './probe.ts';

test('a listening port is well, and refused once it is closed', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  assertWell(await probing(tcp, { host: 'localhost', port }));
  await new Promise((resolve) => server.close(resolve));
  assertFailed(await probing(tcp, { host: '127.0.0.1', port }), 'refused');
});

test('a name that does not exist is a matter of names', async () => {
  assertFailed(
    await probing(tcp, { host: 'nowhere.invalid', port: 80 }),
    'dns',
    /nowhere\.invalid is not found/,
  );
});

test('an address that may not be reached is a matter of settings', async () => {
  assertFailed(await probing(tcp, { host: '169.254.169.254', port: 80 }), 'config', /refused/);
  const rules = () => ({ allowPrivate: false, allow: [] });
  assertFailed(await probing(tcp, { host: 'localhost', port: 80 }, { rules }), 'config', /private/);
});
