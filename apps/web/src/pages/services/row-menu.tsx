import { useNavigate } from '@tanstack/react-router';
import type { Service } from '@vigie/contract';
import { IconButton } from '../../components/button.tsx';
import { Menu, MenuItem, MenuLine } from '../../components/menu.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import type { RowSetting } from './service-row.tsx';

interface RowMenuProps {
  service: Service;
  name: string;
  setting: RowSetting;
}

/** What can be done to one service. */
export function RowMenu({ service, name, setting }: RowMenuProps) {
  const t = useT();
  return (
    <Menu trigger={<IconButton icon="more" label={t(messages.more, { name })} />}>
      <RowMenuItems service={service} setting={setting} />
    </Menu>
  );
}

/** Made when the menu opens. */
function RowMenuItems({ service, setting }: Omit<RowMenuProps, 'name'>) {
  const t = useT();
  const navigate = useNavigate();
  const isPaused = service.state === 'paused';
  const params = { project: service.project, service: service.id };
  return (
    <>
      <MenuItem icon="probe" onSelect={() => setting.probe(service)}>
        {t(messages.probe)}
      </MenuItem>
      <MenuItem icon={isPaused ? 'play' : 'pause'} onSelect={() => setting.turnOver(service)}>
        {t(isPaused ? messages.resume : messages.pause)}
      </MenuItem>
      <MenuItem
        icon="edit"
        onSelect={() => void navigate({ to: '/projects/$project/services/$service/edit', params })}
      >
        {t(messages.edit)}
      </MenuItem>
      <MenuLine />
      <MenuItem icon="trash" danger onSelect={() => setting.actions.remove([service])}>
        {t(messages.remove)}
      </MenuItem>
    </>
  );
}

const messages = defineMessages({
  more: { en: 'More about {name}', fr: 'Plus sur {name}' },
  probe: { en: 'Probe now', fr: 'Sonder maintenant' },
  pause: { en: 'Pause', fr: 'Suspendre' },
  resume: { en: 'Resume', fr: 'Reprendre' },
  edit: { en: 'Edit', fr: 'Modifier' },
  remove: { en: 'Delete', fr: 'Supprimer' },
});
