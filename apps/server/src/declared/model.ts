/** What a document declares, complete: as it is to be stored. Plain data: it crosses to the writer's thread. */
import type { CheckFields } from '../checks/create.ts';
import type { ProbeFields } from '../probes/manage.ts';

/** A channel as it is to be. */
export interface DeclaredChannel {
  key: string;
  /** Where in the document it stands. */
  path: (string | number)[];
  uuid: string | null;
  kind: string;
  name: string;
  /** JSON, complete. */
  settings: string;
  budget: number | null;
}

/** A check as it is to be; with a probe, a service. */
export interface DeclaredCheck {
  noun: 'service' | 'check';
  key: string;
  /** Where in the document it stands. */
  path: (string | number)[];
  uuid: string | null;
  fields: CheckFields;
  /** Keys of the document, or ids. */
  channels: string[];
  dependsOn: string[];
  /** Null = it is pinged. */
  probe: ProbeFields | null;
}

/** All that a document declares; checks stand behind those that they depend on. */
export interface Declared {
  channels: DeclaredChannel[];
  checks: DeclaredCheck[];
}

/** Keys of one document: services and checks share theirs. */
export type ItemNoun = 'channel' | 'check';

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Whether a reference is an id, and not the key of an entry. */
export function isId(reference: string): boolean {
  return UUID.test(reference);
}
