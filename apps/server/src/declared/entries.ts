/** The entries of a document, each read by its own schema, so that what is wrong with one hides nothing of another. */
import {
  CONFIG_BOUNDS,
  type ConfigChannel,
  type ConfigCheck,
  type ConfigService,
  configChannelSchema,
  configCheckSchema,
  configDocumentSchema,
  configServiceSchema,
} from '@vigie/contract';
import type { z } from 'zod';
import { closest } from '../config/closest.ts';
import { type Fault, inputFaults } from '../input-fault.ts';
import { asRecord, type Entry, type RawEntry, rawEntries } from './raw-entries.ts';
import { expandTenants } from './tenants.ts';

/** Characters of a key: a name may have no more. */
const LONGEST_KEY = 100;

/** What a document says, entry by entry. */
export interface Entries {
  channels: Entry<ConfigChannel>[];
  services: Entry<ConfigService>[];
  checks: Entry<ConfigCheck>[];
  /** Keys of all entries, of those too that are not valid. */
  keys: { channels: ReadonlySet<string>; checks: ReadonlySet<string> };
}

/** Names of the sections. */
export const SECTION_NAMES = Object.keys(
  configDocumentSchema.shape,
) as (keyof typeof configDocumentSchema.shape)[];

/** Reads a document; `tenants`: those there are, where it reads them from somewhere. What is wrong goes to `faults`. */
export function readEntries(document: unknown, tenants: readonly string[] | null, faults: Fault[]): Entries {
  const sections = asRecord(document, [], faults);
  for (const name of Object.keys(sections)) {
    if (!SECTION_NAMES.some((known) => known === name)) {
      faults.push({ path: [name], reason: `is not known${closest(name, SECTION_NAMES)}` });
    }
  }
  const raw = (name: string): RawEntry[] => rawEntries(sections[name], [name], faults);
  const ofTenants = expandTenants(sections['tenants'], tenants, faults);
  const services = [...raw('services'), ...ofTenants.services];
  const checks = [...raw('checks'), ...ofTenants.checks];
  const channels = raw('channels');
  requireBounds([...services, ...checks, ...channels], faults);
  requireOneMeaning([...services, ...checks], faults);
  return {
    channels: valid(channels, configChannelSchema, faults),
    services: valid(services, configServiceSchema, faults),
    checks: valid(checks, configCheckSchema, faults),
    keys: {
      channels: new Set(channels.map(({ key }) => key)),
      checks: new Set([...services, ...checks].map(({ key }) => key)),
    },
  };
}

function valid<T>(entries: readonly RawEntry[], schema: z.ZodType<T>, faults: Fault[]): Entry<T>[] {
  return entries.flatMap(({ key, body, path }) => {
    if (key.trim() === '' || key.length > LONGEST_KEY) {
      faults.push({ path, reason: `must have a name of 1 to ${LONGEST_KEY} characters` });
    }
    const result = schema.safeParse(body);
    if (result.success) return [{ key, path, body: result.data }];
    const known =
      'shape' in schema && typeof schema.shape === 'object' ? Object.keys(schema.shape ?? {}) : [];
    const found = inputFaults(result.error);
    for (const fault of found) {
      const hint = fault.reason === 'is not known' ? closest(String(fault.path.at(-1)), known) : '';
      faults.push({ path: [...path, ...fault.path], reason: fault.reason + hint });
    }
    // What is left without the wrong fields may be wrong by itself.
    const rest = schema.safeParse(without(body, new Set(found.map((fault) => String(fault.path[0])))));
    return rest.success ? [{ key, path, body: rest.data }] : [];
  });
}

function without(body: unknown, names: ReadonlySet<string>): unknown {
  if (typeof body !== 'object' || body === null) return body;
  return Object.fromEntries(Object.entries(body).filter(([name]) => !names.has(name)));
}

function requireBounds(entries: readonly RawEntry[], faults: Fault[]): void {
  if (entries.length <= CONFIG_BOUNDS.items) return;
  const reason = `declares ${entries.length} entries; ${CONFIG_BOUNDS.items} are the most`;
  faults.push({ path: [], reason });
}

/** What others depend on is named by its key alone. */
function requireOneMeaning(entries: readonly RawEntry[], faults: Fault[]): void {
  const seen = new Set<string>();
  for (const { key, path } of entries) {
    if (seen.has(key)) faults.push({ path, reason: 'is the name of another service or check' });
    seen.add(key);
  }
}
