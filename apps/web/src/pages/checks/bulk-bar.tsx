import type { Channel, Check } from '@vigie/contract';
import { useState } from 'react';
import { Button, IconButton } from '../../components/button.tsx';
import type { CheckActions } from '../../components/check-actions.ts';
import { ConfirmDialog } from '../../components/dialog.tsx';
import { Menu, MenuCheckItem, MenuItem } from '../../components/menu.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { TagDialog } from './tag-dialog.tsx';

interface BulkBarProps {
  selected: readonly Check[];
  /** How many match in all. */
  total: number;
  selectAll(): void;
  clear(): void;
  channels: readonly Channel[];
  actions: CheckActions;
}

/** What can be done to all selected checks. */
export function BulkBar({ selected, total, selectAll, clear, channels, actions }: BulkBarProps) {
  const t = useT();
  const [isTagging, setTagging] = useState(false);
  const tags = [...new Set(selected.flatMap((check) => check.tags))].sort();
  return (
    <div className="bulk-bar" role="toolbar" aria-label={t(messages.title)}>
      <IconButton icon="close" label={t(messages.clear)} onClick={clear} />
      <strong role="status">{t(messages.selected, { count: selected.length })}</strong>
      {selected.length < total && (
        <Button look="quiet" onClick={selectAll}>
          {t(messages.all, { count: total })}
        </Button>
      )}
      <div className="row bulk-actions">
        <Button icon="pause" onClick={() => actions.pause(selected)}>
          {t(messages.pause)}
        </Button>
        <Button icon="play" onClick={() => actions.resume(selected)}>
          {t(messages.resume)}
        </Button>
        <Button icon="tag" onClick={() => setTagging(true)}>
          {t(messages.tag)}
        </Button>
        {tags.length > 0 && (
          <Menu trigger={<Button>{t(messages.untag)}</Button>}>
            {tags.map((tag) => (
              <MenuItem key={tag} onSelect={() => actions.tag(selected, tag, false)}>
                {tag}
              </MenuItem>
            ))}
          </Menu>
        )}
        {channels.length > 0 && (
          <Menu trigger={<Button icon="channels">{t(messages.channels)}</Button>}>
            {channels.map((channel) => (
              <MenuCheckItem
                key={channel.id}
                checked={selected.every((check) => check.channels.includes(channel.id))}
                onCheckedChange={(on) => actions.setChannel(selected, channel, on)}
              >
                {channel.name}
              </MenuCheckItem>
            ))}
          </Menu>
        )}
        <RemoveButton selected={selected} actions={actions} clear={clear} />
      </div>
      <TagDialog
        open={isTagging}
        onOpenChange={setTagging}
        onTag={(tag) => actions.tag(selected, tag, true)}
      />
    </div>
  );
}

/** Checks beyond which one is asked first: it takes a while, and the moment to take it back may be missed. */
const ASKED_BEYOND = 1_500;

function RemoveButton({ selected, actions, clear }: Pick<BulkBarProps, 'selected' | 'actions' | 'clear'>) {
  const t = useT();
  const [isAsking, setAsking] = useState(false);
  const remove = (): void => {
    setAsking(false);
    actions.remove(selected);
    clear();
  };
  return (
    <>
      <Button
        icon="trash"
        onClick={() => {
          if (selected.length > ASKED_BEYOND) setAsking(true);
          else remove();
        }}
      >
        {t(messages.remove)}
      </Button>
      <ConfirmDialog
        open={isAsking}
        onOpenChange={setAsking}
        title={t(messages.sure, { count: selected.length })}
        description={t(messages.many)}
        action={t(messages.remove)}
        onConfirm={remove}
      />
    </>
  );
}

const messages = defineMessages({
  title: { en: 'Actions on the selected checks', fr: 'Actions sur les contrôles sélectionnés' },
  clear: { en: 'Clear the selection', fr: 'Effacer la sélection' },
  selected: { en: '{count} selected', fr: '{count, plural, one {# sélectionné} other {# sélectionnés}}' },
  all: { en: 'Select all {count} that match', fr: 'Sélectionner les {count} qui correspondent' },
  pause: { en: 'Pause', fr: 'Suspendre' },
  resume: { en: 'Resume', fr: 'Reprendre' },
  tag: { en: 'Tag', fr: 'Étiqueter' },
  untag: { en: 'Untag', fr: 'Retirer une étiquette' },
  channels: { en: 'Channels', fr: 'Canaux' },
  remove: { en: 'Delete', fr: 'Supprimer' },
  sure: { en: 'Delete {count} checks?', fr: 'Supprimer {count} contrôles ?' },
  many: {
    en: 'All that they reported goes with them. For a moment afterwards you can take it back.',
    fr: 'Tout ce qu’ils ont rapporté disparaît avec eux. Vous pourrez annuler juste après, un court instant.',
  },
});
