import type { Channel, Check } from '@vigie/contract';
import { Button } from '../../components/button.tsx';
import type { CheckActions } from '../../components/check-actions.ts';
import { nameOf } from '../../components/check-actions.ts';
import { Menu, MenuCheckItem } from '../../components/menu.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';

/** Channels that have room beside one another; more are behind a button. */
export const TOGGLES = 3;

interface TogglesProps {
  check: Check;
  channels: readonly Channel[];
  actions: CheckActions;
  mayChange: boolean;
}

/** Which channels a check tells, each switched by a click. */
export function ChannelToggles(props: TogglesProps) {
  return props.channels.length > TOGGLES ? <ChannelMenu {...props} /> : <ChannelButtons {...props} />;
}

function ChannelButtons({ check, channels, actions, mayChange }: TogglesProps) {
  const t = useT();
  return channels.map((channel) => {
    const isOn = check.channels.includes(channel.id);
    return (
      <button
        key={channel.id}
        type="button"
        className="channel-toggle"
        aria-pressed={isOn}
        aria-label={t(messages.tell, { check: nameOf(check), channel: channel.name })}
        title={`${channel.name}: ${t(isOn ? messages.on : messages.off)}`}
        disabled={!mayChange}
        onClick={() => actions.setChannel([check], channel, !isOn)}
        // Drawn by the styles: who listens hears the whole name instead.
        data-initials={initialsOf(channel.name)}
      />
    );
  });
}

function ChannelMenu({ check, channels, actions, mayChange }: TogglesProps) {
  const t = useT();
  const count = channels.filter(({ id }) => check.channels.includes(id)).length;
  const label = t(messages.some, { check: nameOf(check), count, all: channels.length });
  return (
    <Menu
      trigger={
        <Button look="quiet" aria-label={label} title={label} disabled={!mayChange} data-channels="">
          {count}/{channels.length}
        </Button>
      }
    >
      {channels.map((channel) => (
        <MenuCheckItem
          key={channel.id}
          checked={check.channels.includes(channel.id)}
          onCheckedChange={(on) => actions.setChannel([check], channel, on)}
        >
          {channel.name}
        </MenuCheckItem>
      ))}
    </Menu>
  );
}

/** Two letters that stand for a name: of its first words, or its beginning. */
function initialsOf(name: string): string {
  const [first = '', second = ''] = name.match(/[\p{L}\p{N}]+/gu) ?? [];
  const letters = second === '' ? [...first].slice(0, 2) : [[...first][0] ?? '', [...second][0] ?? ''];
  return letters.join('');
}

const messages = defineMessages({
  tell: { en: '{check} tells {channel}', fr: '{check} prévient {channel}' },
  on: { en: 'told', fr: 'prévenu' },
  off: { en: 'not told', fr: 'non prévenu' },
  some: {
    en: '{check} tells {count} of {all} channels',
    fr: '{check} prévient {count} canaux sur {all}',
  },
});
