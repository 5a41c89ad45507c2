/** The checks that an env file wants. */
import type { EnvEntry } from '@vigie/client/env-file';
import { ClientError } from '../client/client.ts';
import { isUuid } from '../client/ping-address.ts';
import { type Definition, definitionOf, PREFIX } from './definitions.ts';

export interface Wanted {
  variable: string;
  /** Its UUID; null = the server may choose one. */
  id: string | null;
  /** What the file holds now: a UUID in capitals too, which no ping URL takes; null = no line. */
  written: string | null;
  definition: Definition;
  /** Whether its settings are known; of others the name alone is ours. */
  known: boolean;
}

/** @throws ClientError that names every line that cannot be: nothing is done then. */
export function wantedIn(path: string, entries: readonly EnvEntry[]): Wanted[] {
  const own = entries.filter(({ name }) => name.startsWith(PREFIX) && name.length > PREFIX.length);
  const faults = [...malformed(own), ...repeated(own)];
  if (faults.length > 0) throw new ClientError(faults.map((fault) => `${path}${fault}`).join('\n'));
  return own.map(({ name, value }) => ({
    ...wantedFor(name),
    id: value === '' ? null : value.toLowerCase(),
    written: value,
  }));
}

/** The check of a variable, with a UUID that the server may choose. */
export function wantedFor(variable: string): Wanted {
  return { variable, id: null, written: null, ...definitionOf(variable) };
}

function malformed(entries: readonly EnvEntry[]): string[] {
  return entries
    .filter(({ value }) => value !== '' && !isUuid(value))
    .map(({ name, value, line }) => `:${line}: ${name} is no UUID: ${JSON.stringify(value.slice(0, 50))}`);
}

/** A variable, or a UUID, that comes twice: which of them is meant? */
function repeated(entries: readonly EnvEntry[]): string[] {
  const names = new Map<string, number>();
  const ids = new Map<string, string>();
  return entries.flatMap(({ name, value, line }) => {
    const before = names.get(name);
    names.set(name, line);
    if (before !== undefined) return [`:${line}: ${name} stands in line ${before} already`];
    const id = value.toLowerCase();
    const other = ids.get(id);
    if (id !== '') ids.set(id, name);
    return other === undefined ? [] : [`:${line}: ${name} has the UUID of ${other}`];
  });
}
