import { type RefObject, startTransition, useEffect, useRef, useState } from 'react';
import { Icon } from '../../components/icon.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Milliseconds after the last letter before the server is asked. */
const PAUSE = 180;

interface SearchFieldProps {
  /** What is searched for now. */
  text: string;
  onSearch(text: string): void;
  field: RefObject<HTMLInputElement | null>;
}

/** Typing is never held up: the list follows when the fingers rest. */
export function SearchField({ text, onSearch, field }: SearchFieldProps) {
  const t = useT();
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
        aria-label={t(messages.search)}
        placeholder={t(messages.hint)}
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

const messages = defineMessages({
  search: { en: 'Search checks', fr: 'Chercher des contrôles' },
  hint: { en: 'Name, tag, description', fr: 'Nom, étiquette, description' },
});
