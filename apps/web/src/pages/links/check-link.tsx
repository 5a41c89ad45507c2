import { useParams } from '@tanstack/react-router';
import { Linked } from './linked.tsx';

/** `/checks/<id>`, as messages name it, leads to its page in its project. */
export function CheckLink() {
  const { check: id = '' } = useParams({ strict: false });
  return (
    <Linked
      queryKey={['check', id]}
      path={`/checks/${encodeURIComponent(id)}`}
      pageOf={(thing) => `/projects/${thing.project}/checks/${thing.id}`}
    />
  );
}
