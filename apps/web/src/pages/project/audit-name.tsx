import { copyText } from '../../components/copy-text.ts';
import { useToasts } from '../../components/toast.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { isId, shortId } from './audit-id.ts';

/** A thing by its name, or else the beginning of its id; a click copies the id. What is no id stays as it is. */
export function AuditName({ id, names }: { id: string; names: Readonly<Record<string, string>> }) {
  const t = useT();
  const toasts = useToasts();
  const name = names[id];
  if (name === undefined && !isId(id)) return id.replace(/^user:/, '');
  const shown = name ?? shortId(id);
  const copy = async (): Promise<void> => {
    try {
      await copyText(id);
      toasts.say(t(messages.copied, { id }));
    } catch (error) {
      toasts.fail(error);
    }
  };
  return (
    <button
      type="button"
      className="audit-name"
      title={`${id}\n${t(messages.copy)}`}
      aria-label={t(messages.copyOf, { name: shown })}
      onClick={() => void copy()}
    >
      {shown}
    </button>
  );
}

const messages = defineMessages({
  copy: { en: 'copy its id', fr: 'copier son identifiant' },
  copyOf: { en: '{name}: copy its id', fr: '{name} : copier son identifiant' },
  copied: { en: 'Copied {id}', fr: '{id} copié' },
});
