#!/usr/bin/env node
/** Entry of the `vigie` command. It loads the rest late: from the compile cache, and only where it can run. */
import process from 'node:process';

/** What the server's code needs: `node:sqlite` and argon2 without flags. */
const OLDEST_NODE = 24;

if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
  console.error(`vigie needs Node.js ${OLDEST_NODE} or newer; this is ${process.version}`);
  process.exit(1);
}
const { enableCompileCache } = await import('node:module');
enableCompileCache();
const { run } = await import('./run.ts');
await run(process.argv.slice(2), {
  out: (text) => console.log(text),
  error: (text) => console.error(text),
  exit: (code) => {
    process.exitCode = code;
  },
  terminal: process.stdout.isTTY === true,
});
