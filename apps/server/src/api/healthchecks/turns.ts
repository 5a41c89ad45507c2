/** Lets everything else that is due happen first: long work is done in slices between which others run. */
export function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}
