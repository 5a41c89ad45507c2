import { useEffect, useRef, useState } from 'react';

/** Milliseconds after the last letter before the page follows. */
const REST = 200;

/**
 * For a field whose text stands in the page's address: the address follows when the fingers rest, and the field
 * follows the address when that changes otherwise, e.g. by the way back.
 * @returns what the field shows, and what takes a change of it.
 */
export function useRestedText(
  text: string,
  onRest: (text: string) => void,
): [shown: string, type: (text: string) => void] {
  const [typed, setTyped] = useState(text);
  const sent = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    if (text !== sent.current) setTyped(text);
    sent.current = text;
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const type = (next: string): void => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next;
      onRest(next);
    }, REST);
  };
  return [typed, type];
}
