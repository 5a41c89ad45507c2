import { readdirSync, readFileSync } from 'node:fs';
import { after, before, describe, it, type TestContext } from 'node:test';
import type { Case, CaseFile } from './case.ts';
import { type LocalServer, localServer } from './local-world.ts';
import { type RemoteOptions, remoteWorld } from './remote-world.ts';
import { reasonToSkip, runCase } from './run-case.ts';
import { expand } from './substitute.ts';

const folder = new URL('.', import.meta.url);

/** Declares every case as a test that `run` runs. */
function describeCases(run: (one: Case, t: TestContext) => Promise<void>): void {
  for (const file of readdirSync(folder).filter((name) => name.endsWith('.json'))) {
    const { about, cases } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as CaseFile;
    describe(about, () => {
      for (const one of cases.flatMap(expand)) it(one.name, (t) => run(one, t));
    });
  }
}

/** Declares every case against servers in this process; `settings` gives each new one what it needs to start. */
export function describeLocal(title: string, settings: () => Promise<Record<string, string>>): void {
  describe(title, () => {
    let shared: LocalServer;
    before(async () => {
      shared = await localServer(await settings());
    });
    after(async () => {
      await shared[Symbol.asyncDispose]();
    });
    describeCases(async (one) => {
      if (one.env === undefined) {
        await using world = await shared.world(one);
        await runCase(one, world);
        return;
      }
      await using server = await localServer({ ...(await settings()), ...one.env });
      await using world = await server.world(one);
      await runCase(one, world);
    });
  });
}

/** Declares every case against a running server; skips, with the reason, what cannot be done there. */
export function describeRemote(options: RemoteOptions, additions: boolean): void {
  describe(`Healthchecks, as ${options.url} does it`, () => {
    describeCases(async (one, t) => {
      if (one.env !== undefined) return t.skip('it needs settings of its own');
      if (one.addition && !additions) return t.skip('an addition of ours');
      await using world = await remoteWorld(options);
      const reason = reasonToSkip(one, world);
      if (reason !== null) return t.skip(reason);
      await runCase(one, world);
    });
  });
}
