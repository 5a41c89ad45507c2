import './tabs.css';
import { Link, type LinkProps } from '@tanstack/react-router';
import { useCurrentInView } from './current-in-view.ts';

export interface Tab extends Pick<LinkProps, 'to' | 'params' | 'search'> {
  label: string;
}

/** Pages that belong together, each with its own address. */
export function Tabs({ label, tabs }: { label: string; tabs: readonly Tab[] }) {
  const row = useCurrentInView<HTMLElement>();
  return (
    <nav ref={row} className="tabs" aria-label={label}>
      {tabs.map(({ label: text, ...link }) => (
        <Link key={text} className="tab" activeOptions={{ exact: true, includeSearch: false }} {...link}>
          {text}
        </Link>
      ))}
    </nav>
  );
}
