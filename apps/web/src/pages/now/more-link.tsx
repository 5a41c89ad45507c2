import { Link } from '@tanstack/react-router';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import type { StatusFilter } from '../checks/search.ts';

interface MoreLinkProps {
  project: string;
  status: StatusFilter;
  /** How many are not shown; none: there is no link. */
  count: number;
}

/** Says that a card does not show all of a status; leads to the list that does. */
export function MoreLink({ project, status, count }: MoreLinkProps) {
  const t = useT();
  if (count <= 0) return null;
  return (
    <Link to="/projects/$project/checks" params={{ project }} search={{ status }} className="now-all">
      {t(messages.more, { count })}
    </Link>
  );
}

const messages = defineMessages({
  more: { en: 'and {count, number} more', fr: 'et {count, plural, one {# autre} other {# autres}}' },
});
