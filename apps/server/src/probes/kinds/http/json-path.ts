/** Paths into JSON: `$.checks[0].up`, `data['a.b']`; the `$` and the first dot may be left out. */

const STEP = /\.?([A-Za-z_][\w-]*)|\[(\d{1,9})\]|\['([^']*)'\]|\["([^"]*)"\]/y;

/** The keys and indexes of a path; null when it is none. */
export function stepsOf(path: string): (string | number)[] | null {
  const steps: (string | number)[] = [];
  const text = path.trim().replace(/^\$/, '');
  STEP.lastIndex = 0;
  while (STEP.lastIndex < text.length) {
    const [, name, index, single, double] = STEP.exec(text) ?? [];
    const step = name ?? single ?? double;
    if (index !== undefined) steps.push(Number(index));
    else if (step !== undefined) steps.push(step);
    else return null;
  }
  return steps;
}

/** What lies there; undefined when nothing does. */
export function valueAt(json: unknown, path: string): unknown {
  let at = json;
  for (const step of stepsOf(path) ?? []) {
    if (typeof at !== 'object' || at === null || !Object.hasOwn(at, step)) return undefined;
    at = Reflect.get(at, step);
  }
  return at;
}
