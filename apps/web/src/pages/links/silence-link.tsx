import { useParams } from '@tanstack/react-router';
import { Linked } from './linked.tsx';

/** `/silences/<id>`, as messages name it, leads to its page in its project. */
export function SilenceLink() {
  const { silence: id = '' } = useParams({ strict: false });
  return (
    <Linked
      queryKey={['silence', id]}
      path={`/silences/${encodeURIComponent(id)}`}
      pageOf={(thing) => `/projects/${thing.project}/silences/${thing.id}`}
    />
  );
}
