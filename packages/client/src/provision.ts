/** Makes a check that is pinged and does not exist, with the UUID that is pinged where the server takes one. */
import { isTemporary } from './api.ts';
import { type CheckSpec, type Checks, uuidOf } from './checks.ts';
import { specOf } from './finder.ts';
import { reasonOf } from './http.ts';
import type { Log } from './log.ts';
import type { Server } from './server-kind.ts';
import type { Settings } from './settings.ts';
import { startTimer } from './timer.ts';

/** What is known of a check before it exists. */
export interface CheckDefinition {
  name: string;
  /** The variable that holds its UUID. */
  variable?: string;
  tags?: string;
  /** Seconds. */
  timeout?: number;
  schedule?: string;
  /** Seconds. */
  grace?: number;
  desc?: string;
}

/** The file that holds UUIDs; `envFile` of `@vigie/client/env-file` is one. */
export interface UuidFile {
  read(): Promise<ReadonlyMap<string, string>>;
  /** Sets variables, and leaves the rest as it is. */
  update(changes: Readonly<Record<string, string>>): Promise<unknown>;
}

export interface ProvisionOptions {
  checks: Checks;
  server(): Promise<Server>;
  settings: Pick<Settings, 'graceMultiplier'>;
  definitions: readonly CheckDefinition[];
  file: UuidFile | null;
  /** Variables that hold UUIDs where no file does. */
  variables: Readonly<Record<string, string | undefined>>;
  log: Log;
}

/** Milliseconds for which a server that will not make a check is not asked again. */
const REFUSED_FOR = 300_000;
/** UUIDs that are remembered; one that was tried is not tried again. */
const LIMIT = 10_000;

export class Provisioner {
  readonly #options: ProvisionOptions;
  readonly #made = new Map<string, Promise<string>>();

  constructor(options: ProvisionOptions) {
    this.#options = options;
  }

  /** The UUID that stands for it since it was provisioned: itself, or the one that the server gave. */
  async current(uuid: string): Promise<string> {
    return (await this.#made.get(uuid)?.catch(() => uuid)) ?? uuid;
  }

  /** Whether the check was made already: a server that does not know it even so never will. */
  has(uuid: string): boolean {
    return this.#made.has(uuid);
  }

  /** Makes the check; how often it is asked does not matter. @throws ApiError, Unreachable. */
  make(uuid: string): Promise<string> {
    const known = this.#made.get(uuid);
    if (known !== undefined) return known;
    if (this.#made.size >= LIMIT) this.#made.clear();
    const made = this.#create(uuid).catch((error: unknown) => {
      const forget = () => this.#made.delete(uuid);
      if (isTemporary(error)) forget();
      else void startTimer(REFUSED_FOR).over.then(forget);
      throw error;
    });
    this.#made.set(uuid, made);
    return made;
  }

  async #create(uuid: string): Promise<string> {
    const { checks, server, log } = this.#options;
    const { variable, spec } = await this.#definitionOf(uuid);
    // A server that gives UUIDs itself finds what it made before by the name.
    const identity: CheckSpec = (await server()).keepsTimes ? { uuid } : { unique: ['name'] };
    const given = uuidOf(await checks.create({ ...spec, channels: '*', ...identity })) ?? uuid;
    log.warn(`${spec.name} did not exist: it does now`);
    if (given !== uuid) await this.#note(variable, given);
    return given;
  }

  async #definitionOf(uuid: string): Promise<{ variable: string | null; spec: CheckSpec }> {
    const { definitions, settings } = this.#options;
    const variable = await this.#variableOf(uuid);
    const found = definitions.find((each) => variable !== null && each.variable === variable);
    if (found === undefined) return { variable, spec: { name: variable ?? `check ${uuid.slice(0, 8)}` } };
    const { name, tags = '', desc = '' } = found;
    return { variable, spec: { ...specOf(found, settings.graceMultiplier), name, tags, desc } };
  }

  async #variableOf(uuid: string): Promise<string | null> {
    const { file, variables } = this.#options;
    const holds = ([, value]: [string, string | undefined]): boolean => value?.trim() === uuid;
    const inFile = file === null ? [] : [...(await this.#read(file))];
    return inFile.find(holds)?.[0] ?? Object.entries(variables).find(holds)?.[0] ?? null;
  }

  async #read(file: UuidFile): Promise<ReadonlyMap<string, string>> {
    try {
      return await file.read();
    } catch (error) {
      this.#options.log.warn(`the file of UUIDs cannot be read: ${reasonOf(error)}`);
      return new Map();
    }
  }

  /** The ping goes to the new UUID now; the next process is told by the file. */
  async #note(variable: string | null, given: string): Promise<void> {
    const { file, log } = this.#options;
    if (variable === null || file === null) {
      log.warn('the server gave the check a UUID of its own; there is no file that could be told');
      return;
    }
    try {
      await file.update({ [variable]: given });
    } catch (error) {
      log.warn(`${variable} has a new UUID, which cannot be written: ${reasonOf(error)}`);
    }
  }
}
