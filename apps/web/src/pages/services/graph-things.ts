/** What the picture of dependencies shows. Pure. */
import type { Check, Service } from '@vigie/contract';
import type { GraphThing } from './graph-layout.ts';

/** A service, or a check that is none and that services depend on. */
export interface GraphNode extends GraphThing {
  isDown: boolean;
  thing: { service: Service } | { check: Check };
}

/** Things that a picture holds; beyond it, whole groups are left out, those without trouble first. */
export const MOST_THINGS = 60;

/** Ids that services depend on without being services themselves. */
export function strangersOf(services: readonly Service[]): string[] {
  const own = new Set(services.map(({ id }) => id));
  return [...new Set(services.flatMap(({ depends_on }) => depends_on))].filter((id) => !own.has(id));
}

/** All that depends on something or is depended on. */
export function nodesOf(services: readonly Service[], strangers: readonly Check[]): GraphNode[] {
  const isParent = new Set(services.flatMap(({ depends_on }) => depends_on));
  return [
    ...services
      .filter(({ id, depends_on }) => depends_on.length > 0 || isParent.has(id))
      .map((service) => ({
        id: service.id,
        isDown: service.state === 'unhealthy',
        dependsOn: service.depends_on,
        thing: { service },
      })),
    ...strangers
      .filter(({ id }) => isParent.has(id))
      .map((check) => ({
        id: check.id,
        isDown: check.status === 'down',
        dependsOn: [],
        thing: { check },
      })),
  ];
}

/** As many as a picture holds, in whole groups of what hangs together; those with trouble first. */
export function withRoom(nodes: readonly GraphNode[], most = MOST_THINGS): GraphNode[] {
  if (nodes.length <= most) return [...nodes];
  const shown: GraphNode[] = [];
  for (const group of groupsOf(nodes).sort((a, b) => troubleOf(b) - troubleOf(a))) {
    if (shown.length + group.length <= most) shown.push(...group);
  }
  return shown;
}

function troubleOf(group: readonly GraphNode[]): number {
  return group.filter(({ isDown }) => isDown).length;
}

function groupsOf(nodes: readonly GraphNode[]): GraphNode[][] {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const near = new Map<string, string[]>(nodes.map(({ id, dependsOn }) => [id, [...dependsOn]]));
  for (const { id, dependsOn } of nodes) for (const parent of dependsOn) near.get(parent)?.push(id);
  const seen = new Set<string>();
  return nodes.flatMap((first) => {
    if (seen.has(first.id)) return [];
    const group: GraphNode[] = [];
    const waiting = [first.id];
    for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
      const node = byId.get(id);
      if (node === undefined || seen.has(id)) continue;
      seen.add(id);
      group.push(node);
      waiting.push(...(near.get(id) ?? []));
    }
    return [group];
  });
}
