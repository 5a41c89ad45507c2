import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it } from 'node:test';
import type { Case, CaseFile } from './case.ts';
import { type LocalServer, localServer } from './local-world.ts';
import { type RemoteOptions, remoteOptions, remoteWorld } from './remote-world.ts';
import { reasonToSkip, runCase } from './run-case.ts';
import { expand } from './substitute.ts';

const folder = new URL('.', import.meta.url);
const remote = remoteOptions(process.env);

describe(`Healthchecks, as ${remote === null ? 'this server' : remote.url} does it`, () => {
  let shared: LocalServer;
  before(async () => {
    if (remote === null) shared = await localServer();
  });
  after(async () => {
    await shared?.[Symbol.asyncDispose]();
  });

  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const { about, cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as CaseFile;
    describe(about, () => {
      for (const one of cases.flatMap(expand)) {
        it(one.name, (t) =>
          remote === null ? runHere(one, shared) : runThere(one, remote, (why) => t.skip(why)),
        );
      }
    });
  }
});

async function runHere(one: Case, shared: LocalServer): Promise<void> {
  if (one.env === undefined) {
    await using world = await shared.world(one);
    return await runCase(one, world);
  }
  await using server = await localServer(one.env);
  await using world = await server.world(one);
  return await runCase(one, world);
}

async function runThere(one: Case, options: RemoteOptions, skip: (why: string) => void): Promise<void> {
  if (one.env !== undefined) return skip('it needs settings of its own');
  if (one.addition && process.env['HC_ADDITIONS'] === undefined) return skip('an addition of ours');
  await using world = await remoteWorld(options);
  const reason = reasonToSkip(one, world);
  return reason === null ? await runCase(one, world) : skip(reason);
}
