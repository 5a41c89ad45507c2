import { Button } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Menu, MenuCheckItem } from '../../components/menu.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages, type Message } from '../../i18n/messages.ts';
import { type CheckSort, SORTS, USUAL_SORT } from './search.ts';

interface SortMenuProps {
  sort: CheckSort | undefined;
  onSort(sort: CheckSort): void;
}

/** In which order the list is; it says the present one. */
export function SortMenu({ sort = USUAL_SORT, onSort }: SortMenuProps) {
  const t = useT();
  return (
    <Menu
      trigger={
        <Button look="quiet" aria-label={t(messages.order, { sort: t(SORT_WORDS[sort]) })}>
          {t(SORT_WORDS[sort])}
          <Icon name="down" size={14} />
        </Button>
      }
    >
      {SORTS.map((one) => (
        <MenuCheckItem key={one} checked={one === sort} onCheckedChange={() => onSort(one)}>
          {t(SORT_WORDS[one])}
        </MenuCheckItem>
      ))}
    </Menu>
  );
}

const messages = defineMessages({ order: { en: 'Order: {sort}', fr: 'Ordre : {sort}' } });

const SORT_WORDS: Record<CheckSort, Message> = defineMessages({
  status: { en: 'What hurts first', fr: 'Le plus grave d’abord' },
  name: { en: 'By name', fr: 'Par nom' },
  '-name': { en: 'By name, backwards', fr: 'Par nom, à rebours' },
  last_ping: { en: 'Silent for longest', fr: 'Muets depuis longtemps' },
  '-last_ping': { en: 'Latest ping first', fr: 'Dernier ping d’abord' },
  created: { en: 'Oldest first', fr: 'Les plus anciens d’abord' },
  '-created': { en: 'Newest first', fr: 'Les plus récents d’abord' },
});
