import { createRequire } from 'node:module';
import { AppError } from '../errors.ts';
import type { ProbeKind } from './kind.ts';

const require = createRequire(import.meta.url);

let known: ReadonlyMap<string, ProbeKind> | null = null;

/** All kinds by name. They are loaded with the first question: servers without services do without their megabytes. */
function byName(): ReadonlyMap<string, ProbeKind> {
  if (known !== null) return known;
  const { PROBE_KINDS } = require('./kinds/index.ts') as typeof import('./kinds/index.ts');
  known = new Map(PROBE_KINDS.map((kind) => [kind.kind, kind]));
  return known;
}

/** What whoever may not have a kind that looks at the server's own machine is told of it. */
export const LOCAL_REFUSAL =
  "looks at the server's own machine, which is for its first project and for the instance admin";

/** All kinds, by the order of their names. */
export function allProbeKinds(): ProbeKind[] {
  return [...byName().values()];
}

/** The kind of this name; undefined = there is none. */
export function findProbeKind(name: string): ProbeKind | undefined {
  return byName().get(name);
}

/** The kind of this name. @throws AppError `invalid` with the kinds there are. */
export function requireProbeKind(name: string): ProbeKind {
  const kind = findProbeKind(name);
  if (kind !== undefined) return kind;
  const known = [...byName().keys()].join(', ');
  throw new AppError('invalid', `kind: there is no such kind of probe; there are ${known}`, {
    field: 'kind',
  });
}
