import type { Fault } from '../input-fault.ts';
import type { Entries } from './entries.ts';
import type { DeclaredCheck } from './model.ts';

/** Checks in a row that depend on one another: what is 10 steps away holds nothing back any more. */
const DEEPEST = 20;

/**
 * The checks, each behind those of the document that it depends on: so each finds them made, and no circle is there
 * even for a moment. A circle is a fault of the check that closes it, a row that is too long one of its last.
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
  /** With how many stand in a row, the check itself included. */
  const ordered = new Map<DeclaredCheck, number>();
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
    let depth = 1;
    for (const reference of check.dependsOn) {
      const parent = byKey.get(reference) ?? byId.get(reference);
      if (parent === undefined) continue;
      visit(parent);
      depth = Math.max(depth, (ordered.get(parent) ?? 0) + 1);
    }
    open.pop();
    ordered.set(check, depth);
    if (depth !== DEEPEST + 1) return;
    const path = [...(paths.get(check.key) ?? []), 'depends_on'];
    faults.push({ path, reason: `is the end of a row of more than ${DEEPEST} that depend on one another` });
  };
  for (const check of checks) visit(check);
  return [...ordered.keys()];
}
