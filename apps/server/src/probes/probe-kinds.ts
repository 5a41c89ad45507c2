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
