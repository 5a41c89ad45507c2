import type { Badge } from '@vigie/contract';
import { useState } from 'react';
import { BASE_PATH } from '../../api/base-path.ts';
import { ListEnd, useList } from '../../api/list.tsx';
import { Copyable } from '../../components/copyable.tsx';
import { CheckField, SelectField } from '../../components/field.tsx';
import { Card } from '../../components/page.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { BADGE_FORMATS, badgeCode } from './badge-code.ts';
import { ProjectPage } from './project-page.tsx';

const WHOLE_PROJECT = '*';

/** Badges for other pages: of the whole project and of each tag. */
export function BadgesPage() {
  const t = useT();
  const project = useProject();
  const list = useList<Badge>(['badges', project.id], `/projects/${project.id}/badges`);
  const [format, setFormat] = useState<(typeof BADGE_FORMATS)[number]>('markdown');
  const [withLate, setWithLate] = useState(false);
  return (
    <ProjectPage>
      <Card>
        <p className="soft">{t(messages.what)}</p>
        <div className="stack project-form">
          <SelectField
            label={t(messages.format)}
            value={format}
            onChange={(event) => setFormat(BADGE_FORMATS.find((one) => one === event.target.value) ?? format)}
          >
            {BADGE_FORMATS.map((one) => (
              <option key={one} value={one}>
                {t(messages[one])}
              </option>
            ))}
          </SelectField>
          <CheckField
            label={t(messages.late)}
            hint={t(messages.lateHint)}
            checked={withLate}
            onChange={(event) => setWithLate(event.target.checked)}
          />
        </div>
      </Card>
      {list.items.length > 0 && (
        <Card>
          <ul className="badge-rows">
            {list.items.map((badge) => {
              const addresses = withLate ? badge.with_late : badge;
              const name = badge.tag === WHOLE_PROJECT ? project.name : badge.tag;
              const title = badge.tag === WHOLE_PROJECT ? t(messages.all) : badge.tag;
              return (
                <li key={badge.tag} className="badge-row">
                  <h2>{title}</h2>
                  <img src={besideThisPage(addresses.url_svg)} alt={t(messages.preview, { name: title })} />
                  <Copyable text={badgeCode(format, addresses, name)} label={title} />
                </li>
              );
            })}
          </ul>
        </Card>
      )}
      <ListEnd list={list} />
    </ProjectPage>
  );
}

/** The badge as this very server shows it, whatever name others reach it by. */
function besideThisPage(url: string): string {
  const { pathname } = new URL(url);
  return pathname.startsWith(`${BASE_PATH}/`) ? pathname : BASE_PATH + pathname;
}

const messages = defineMessages({
  what: {
    en: 'Badges tell on other pages whether all is up. Anybody who has an address sees its badge, and nothing else.',
    fr: 'Les badges disent sur d’autres pages si tout va bien. Qui a l’adresse voit le badge, et rien d’autre.',
  },
  format: { en: 'Format', fr: 'Format' },
  markdown: { en: 'Markdown', fr: 'Markdown' },
  html: { en: 'HTML', fr: 'HTML' },
  svg: { en: 'Address of the image', fr: 'Adresse de l’image' },
  json: { en: 'Address of the state as JSON', fr: 'Adresse de l’état en JSON' },
  shields: { en: 'Address for Shields.io', fr: 'Adresse pour Shields.io' },
  late: { en: 'Show late checks as late', fr: 'Montrer les contrôles en retard comme tels' },
  lateHint: {
    en: 'Otherwise a late check counts as up.',
    fr: 'Sinon un contrôle en retard compte comme en marche.',
  },
  all: { en: 'All checks', fr: 'Tous les contrôles' },
  preview: { en: 'The badge of {name} now', fr: 'Le badge de {name} maintenant' },
});
