import { AppError } from '../errors.ts';
import type { ProbeKind } from './kind.ts';
import { PROBE_KINDS } from './kinds/index.ts';

const BY_NAME: ReadonlyMap<string, ProbeKind> = new Map(PROBE_KINDS.map((kind) => [kind.kind, kind]));

export function findProbeKind(name: string): ProbeKind | undefined {
  return BY_NAME.get(name);
}

/** The kind of this name. @throws AppError `invalid` with the kinds there are. */
export function requireProbeKind(name: string): ProbeKind {
  const kind = findProbeKind(name);
  if (kind !== undefined) return kind;
  const known = [...BY_NAME.keys()].join(', ');
  throw new AppError('invalid', `kind: there is no such kind of probe; there are ${known}`, {
    field: 'kind',
  });
}
