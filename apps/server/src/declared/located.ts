/** The sections of a YAML file that declare things, as plain data that knows on which line each part of it stands. */
import { type Document, isAlias, isMap, isNode, isScalar, isSeq, type LineCounter } from 'yaml';
import { interpolate } from '../config/interpolation.ts';
import type { Fault } from '../input-fault.ts';

/** Deeper nesting has no meaning here; with the number of nodes it bounds what anchors can unfold to. */
const DEEPEST = 30;
const MOST_NODES = 200_000;

/** Stands for what others fill in: the server its secrets, the engine the tenants. */
const LEFT_ALONE = /(?<!\$)\$\{(secret:[A-Za-z0-9_]+)\}/g;
const LEFT_ALONE_OF_TENANTS = /(?<!\$)\$\{(secret:[A-Za-z0-9_]+|tenant)\}/g;

export interface Located {
  value: Record<string, unknown>;
  /** The line of a path, or of what is nearest above it. */
  lineOf(path: readonly PropertyKey[]): number;
  /** Whether the text at a path was put together from variables: it may mean a number then. */
  isReference(path: readonly PropertyKey[]): boolean;
  faults: Fault[];
}

/** Reads these sections of a file whose syntax is valid, with `${NAME}` replaced. */
export function locate(
  document: Document,
  lines: LineCounter,
  names: readonly string[],
  env: Record<string, string | undefined>,
): Located {
  const at = new Map<string, number>();
  const references = new Set<string>();
  const faults: Fault[] = [];
  let nodes = 0;

  const note = (path: readonly PropertyKey[], node: unknown): void => {
    const start = isNode(node) ? node.range?.[0] : undefined;
    if (start !== undefined && !at.has(keyOf(path))) at.set(keyOf(path), lines.linePos(start).line);
  };
  const read = (given: unknown, path: readonly PropertyKey[]): unknown => {
    note(path, given);
    nodes += 1;
    const node = isAlias(given) ? given.resolve(document) : given;
    if (path.length > DEEPEST || nodes > MOST_NODES) {
      if (nodes <= MOST_NODES + 1)
        faults.push({ path: [...path], reason: 'nests too deep, or unfolds to too much' });
      return null;
    }
    if (isSeq(node)) return node.items.map((item, index) => read(item, [...path, index]));
    if (isMap(node)) {
      return Object.fromEntries(
        node.items.map(({ key, value }) => {
          const name = isScalar(key) ? String(key.value) : 'a list or section';
          note([...path, name], key);
          return [name, read(value, [...path, name])];
        }),
      );
    }
    return isScalar(node) ? plain(node.value, path) : null;
  };
  const plain = (value: unknown, path: readonly PropertyKey[]): unknown => {
    if (typeof value !== 'string') return value ?? null;
    if (!value.includes('${')) return value;
    const others = path[0] === 'tenants' ? LEFT_ALONE_OF_TENANTS : LEFT_ALONE;
    const result = interpolate(value.replaceAll(others, '$$$${$1}'), env);
    if ('reason' in result) {
      faults.push({ path: [...path], reason: result.reason });
      return null;
    }
    references.add(keyOf(path));
    return result.text;
  };

  const root: unknown = document.contents;
  const sections = (isMap(root) ? root.items : []).flatMap(({ key, value }) => {
    const name = isScalar(key) ? String(key.value) : '';
    if (!names.includes(name)) return [];
    note([name], key);
    return [[name, read(value, [name])] as const];
  });
  return {
    value: Object.fromEntries(sections),
    faults,
    isReference: (path) => references.has(keyOf(path)),
    lineOf(path) {
      for (let length = path.length; length > 0; length--) {
        const line = at.get(keyOf(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
}

function keyOf(path: readonly PropertyKey[]): string {
  return JSON.stringify(path.map(String));
}
