import { useMemo } from 'react';
import { useKeys } from '../../shell/keys.ts';

/** `j` and `k` move along the rows; `a` and `p` press the row's buttons. Enter opens, as on every link. */
export function useRowKeys(): void {
  const keys = useMemo(
    () => ({ j: () => move(1), k: () => move(-1), a: () => press('a'), p: () => press('p') }),
    [],
  );
  useKeys(keys);
}

function rowWithFocus(): Element | null {
  return document.activeElement?.closest('.now-row') ?? null;
}

function move(step: number): void {
  const links = [...document.querySelectorAll<HTMLElement>('a[data-row]')];
  const row = rowWithFocus();
  const at = row === null ? -1 : links.findIndex((link) => row.contains(link));
  links[Math.max(0, Math.min(at + step, links.length - 1))]?.focus();
}

function press(key: string): void {
  rowWithFocus()?.querySelector<HTMLElement>(`button[data-key="${key}"]`)?.click();
}
