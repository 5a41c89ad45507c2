import { useParams } from '@tanstack/react-router';
import { Linked } from './linked.tsx';

/** `/alerts/<id>`, as messages name it, leads to its page in its project. */
export function AlertLink() {
  const { alert: id = '' } = useParams({ strict: false });
  return (
    <Linked
      queryKey={['alert', id]}
      path={`/alerts/${encodeURIComponent(id)}`}
      pageOf={(thing) => `/projects/${thing.project}/alerts/${thing.id}`}
    />
  );
}
