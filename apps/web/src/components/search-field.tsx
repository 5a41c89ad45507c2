import './field.css';
import './filters.css';
import { type RefObject, startTransition, useEffect, useRef, useState } from 'react';
import { Icon } from './icon.tsx';

/** Milliseconds after the last letter before the server is asked. */
const PAUSE = 180;

interface SearchFieldProps {
  label: string;
  /** What it looks at. */
  hint: string;
  /** What is searched for now. */
  text: string;
  onSearch(text: string): void;
  field: RefObject<HTMLInputElement | null>;
}

/** Typing is never held up: the list follows when the fingers rest. */
export function SearchField({ label, hint, text, onSearch, field }: SearchFieldProps) {
  const [typed, setTyped] = useState(text);
  const sent = useRef(text);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => {
    // The address changed otherwise, e.g. by the way back.
    if (text !== sent.current) setTyped(text);
    sent.current = text;
  }, [text]);
  useEffect(() => () => clearTimeout(timer.current), []);
  const search = (next: string, wait: number): void => {
    setTyped(next);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => {
      sent.current = next;
      startTransition(() => onSearch(next));
    }, wait);
  };
  return (
    <div className="search-field">
      <Icon name="search" size={16} />
      <input
        ref={field}
        type="search"
        className="control"
        maxLength={200}
        aria-label={label}
        placeholder={hint}
        value={typed}
        onChange={(event) => search(event.target.value, PAUSE)}
        onKeyDown={(event) => {
          if (event.key !== 'Escape') return;
          event.preventDefault();
          if (typed === '') event.currentTarget.blur();
          else search('', 0);
        }}
      />
    </div>
  );
}
