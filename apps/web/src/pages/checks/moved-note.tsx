import { Button } from '../../components/button.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Says that checks stand elsewhere than they should by now: rows that jump under the pointer would be worse. */
export function MovedNote({ count, refresh }: { count: number; refresh(): void }) {
  const t = useT();
  return (
    <tr className="moved">
      <th scope="colgroup">
        <span role="status">{t(messages.moved, { count })}</span>
        <Button look="quiet" onClick={refresh}>
          {t(messages.refresh)}
        </Button>
      </th>
    </tr>
  );
}

const messages = defineMessages({
  moved: {
    en: '{count, plural, one {# change} other {# changes}}',
    fr: '{count, plural, one {# changement} other {# changements}}',
  },
  refresh: { en: 'Refresh the order', fr: 'Rafraîchir l’ordre' },
});
