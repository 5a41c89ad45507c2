/** A binary heap by `due`, the earliest first. */
export class Heap<E extends { due: number }> {
  readonly #items: E[] = [];

  peek(): E | undefined {
    return this.#items[0];
  }

  push(item: E): void {
    const items = this.#items;
    let i = items.length;
    items.push(item);
    while (i > 0) {
      const up = (i - 1) >> 1;
      const parent = items[up];
      if (parent === undefined || parent.due <= item.due) break;
      items[i] = parent;
      i = up;
    }
    items[i] = item;
  }

  pop(): E | undefined {
    const items = this.#items;
    const first = items[0];
    const last = items.pop();
    if (last === undefined || items.length === 0) return first;
    let i = 0;
    for (;;) {
      const left = 2 * i + 1;
      const right = left + 1;
      const l = items[left];
      const r = items[right];
      const [child, at] = r !== undefined && l !== undefined && r.due < l.due ? [r, right] : [l, left];
      if (child === undefined || child.due >= last.due) break;
      items[i] = child;
      i = at;
    }
    items[i] = last;
    return first;
  }
}
