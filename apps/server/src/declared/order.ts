import type { Fault } from '../input-fault.ts';
import type { Entries } from './entries.ts';
import type { DeclaredCheck } from './model.ts';

/**
 * The checks, each behind those of the document that it depends on: so each finds them made, and no circle is there
 * even for a moment. A circle is a fault of the check that closes it.
 */
export function inOrder(
  checks: readonly DeclaredCheck[],
  entries: Entries,
  faults: Fault[],
): DeclaredCheck[] {
  const byKey = new Map(checks.map((check) => [check.key, check]));
  const byId = new Map(
    checks.flatMap((check) => (check.uuid === null ? [] : [[check.uuid, check] as const])),
  );
  const paths = new Map([...entries.services, ...entries.checks].map(({ key, path }) => [key, path]));
  const ordered = new Set<DeclaredCheck>();
  const open: DeclaredCheck[] = [];

  const visit = (check: DeclaredCheck): void => {
    if (ordered.has(check)) return;
    const from = open.indexOf(check);
    if (from >= 0) {
      const names = [...open.slice(from), check].map(({ key }) => key);
      const path = [...(paths.get(check.key) ?? []), 'depends_on'];
      faults.push({ path, reason: `goes round in a circle: ${names.join(' -> ')}` });
      return;
    }
    open.push(check);
    for (const reference of check.dependsOn) {
      const parent = byKey.get(reference) ?? byId.get(reference);
      if (parent !== undefined) visit(parent);
    }
    open.pop();
    ordered.add(check);
  };
  for (const check of checks) visit(check);
  return [...ordered];
}
