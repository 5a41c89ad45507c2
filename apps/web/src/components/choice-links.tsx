import './choice-links.css';
import { Link } from '@tanstack/react-router';

interface Choice {
  label: string;
  /** What changes in the page's address; undefined takes it away. */
  search: Readonly<Record<string, unknown>>;
  current: boolean;
}

/** A choice of one of a few, which stands in the page's address. */
export function ChoiceLinks({ label, choices }: { label: string; choices: readonly Choice[] }) {
  return (
    <nav className="choices" aria-label={label}>
      {choices.map(({ label: text, search, current }) => (
        <Link
          key={text}
          to="."
          search={(before: object) => ({ ...before, ...search })}
          replace
          resetScroll={false}
          className="choice"
          // To the router, an address that says less is part of one that says more.
          activeOptions={{ exact: true }}
          aria-current={current ? 'true' : undefined}
        >
          {text}
        </Link>
      ))}
    </nav>
  );
}
