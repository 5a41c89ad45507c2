import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { type Look, StateShape } from '../../components/status.tsx';

interface NowRowProps {
  look: Look;
  /** What the shape says, for who listens. */
  word: string;
  project: string;
  check: { id: string; name: string };
  /** Why, and who knows. */
  children?: ReactNode;
  when: ReactNode;
  actions?: ReactNode;
}

/** A check of which there is something to say. */
export function NowRow({ look, word, project, check, children, when, actions }: NowRowProps) {
  return (
    <li className="now-row">
      <StateShape look={look} size={18} />
      <div className="now-what">
        <Link
          to="/projects/$project/checks/$check"
          params={{ project, check: check.id }}
          className="now-name clamped"
          data-row=""
        >
          <span className="unseen">{word}: </span>
          <bdi>{check.name}</bdi>
        </Link>
        {children !== undefined && <div className="now-why">{children}</div>}
      </div>
      <div className="now-when">{when}</div>
      {actions !== undefined && <div className="now-actions">{actions}</div>}
    </li>
  );
}
