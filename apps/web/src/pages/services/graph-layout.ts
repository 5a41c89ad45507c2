/** Where the things of a small picture of dependencies stand: by depth, and near what they depend on. Pure. */

/** What has to be known of a thing. */
export interface GraphThing {
  id: string;
  /** What it depends on; those that are not in the picture do not count. */
  dependsOn: readonly string[];
}

/** Where a thing stands: its column, first that of what depends on nothing, and its row. */
export interface Spot {
  column: number;
  /** May lie between two rows, so that columns of other lengths stand in the middle. */
  row: number;
}

export interface Layout {
  spots: ReadonlyMap<string, Spot>;
  columns: number;
  rows: number;
}

/** Times that columns are put in order by their neighbours. */
const SWEEPS = 4;

/** Lays things out in columns: each stands right of all it depends on. A circle is cut where it is met. */
export function layoutOf(things: readonly GraphThing[]): Layout {
  const depths = depthsOf(things);
  const columns: string[][] = [];
  for (const { id } of things) {
    const depth = depths.get(id) ?? 0;
    columns[depth] = [...(columns[depth] ?? []), id];
  }
  const neighbours = neighboursOf(things);
  for (let sweep = 0; sweep < SWEEPS; sweep++) {
    // To the right by what each depends on, back to the left by what depends on it.
    const order = sweep % 2 === 0 ? columns : columns.toReversed();
    for (const column of order) sortByNeighbours(column, columns, neighbours);
  }
  const rows = Math.max(0, ...columns.map(({ length }) => length));
  const spots = new Map<string, Spot>();
  for (const [column, ids] of columns.entries()) {
    for (const [at, id] of ids.entries()) spots.set(id, { column, row: at + (rows - ids.length) / 2 });
  }
  return { spots, columns: columns.length, rows };
}

/** How many things stand in a row before each: 0 = it depends on nothing here. */
function depthsOf(things: readonly GraphThing[]): Map<string, number> {
  const byId = new Map(things.map((thing) => [thing.id, thing]));
  const depths = new Map<string, number>();
  const under = new Set<string>();
  const depthOf = (id: string): number => {
    const known = depths.get(id);
    if (known !== undefined) return known;
    if (under.has(id)) return -1;
    under.add(id);
    const parents = (byId.get(id)?.dependsOn ?? []).filter((parent) => byId.has(parent));
    const depth = 1 + Math.max(-1, ...parents.map(depthOf));
    under.delete(id);
    depths.set(id, depth);
    return depth;
  };
  for (const { id } of things) depthOf(id);
  return depths;
}

function neighboursOf(things: readonly GraphThing[]): ReadonlyMap<string, string[]> {
  const neighbours = new Map<string, string[]>(things.map(({ id }) => [id, []]));
  for (const { id, dependsOn } of things) {
    for (const parent of dependsOn) {
      neighbours.get(id)?.push(parent);
      neighbours.get(parent)?.push(id);
    }
  }
  return neighbours;
}

/** Puts a column in the order of where its neighbours stand on average; who has none stays where it is. */
function sortByNeighbours(
  column: string[],
  columns: readonly (readonly string[])[],
  neighbours: ReadonlyMap<string, string[]>,
): void {
  const places = new Map<string, number>();
  for (const ids of columns) {
    for (const [at, id] of ids.entries()) places.set(id, (at + 0.5) / ids.length);
  }
  const wish = (id: string): number => {
    const near = (neighbours.get(id) ?? []).flatMap((other) => places.get(other) ?? []);
    if (near.length === 0) return places.get(id) ?? 0;
    return near.reduce((sum, place) => sum + place, 0) / near.length;
  };
  const wishes = new Map(column.map((id) => [id, wish(id)]));
  column.sort((a, b) => (wishes.get(a) ?? 0) - (wishes.get(b) ?? 0));
}
