import './kind-cards.css';
import { Icon } from './icon.tsx';

/** A kind of channel or probe at a glance: its first letters. */
export function KindMark({ kind }: { kind: string }) {
  return (
    <span className="kind-mark" aria-hidden="true">
      {kind === 'email' ? <Icon name="mail" /> : kind.slice(0, 2).toUpperCase()}
    </span>
  );
}
