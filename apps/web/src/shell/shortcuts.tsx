import { useNavigate, useParams } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { Dialog } from '../components/dialog.tsx';
import { useT } from '../i18n/language.tsx';
import { defineMessages } from '../i18n/messages.ts';
import { useKeys } from './keys.ts';

/** The keys that work everywhere, and the list of all of them under `?`. */
export function Shortcuts() {
  const t = useT();
  const navigate = useNavigate();
  const { project } = useParams({ strict: false });
  const [isOpen, setOpen] = useState(false);
  const keys = useMemo(
    () => ({
      '?': () => setOpen(true),
      ...(project === undefined
        ? {}
        : { n: () => void navigate({ to: '/projects/$project/checks/new', params: { project } }) }),
    }),
    [navigate, project],
  );
  useKeys(keys);
  return (
    <Dialog open={isOpen} onOpenChange={setOpen} title={t(messages.title)}>
      <dl className="shortcuts">
        {LISTED.map(([key, text]) => (
          <div key={key}>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{t(text)}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}

const messages = defineMessages({
  title: { en: 'Keys', fr: 'Raccourcis' },
  palette: { en: 'search, or go anywhere', fr: 'chercher, ou aller partout' },
  next: { en: 'next in a list', fr: 'suivant dans une liste' },
  previous: { en: 'previous in a list', fr: 'précédent dans une liste' },
  open: { en: 'open the chosen one', fr: 'ouvrir l’élément choisi' },
  choose: { en: 'select it for actions on several', fr: 'le sélectionner pour agir sur plusieurs' },
  acknowledge: { en: 'acknowledge an alert', fr: 'prendre en charge une alerte' },
  pause: {
    en: 'pause or resume a check or a service',
    fr: 'suspendre ou reprendre un contrôle ou un service',
  },
  probe: { en: 'probe a service now', fr: 'sonder un service maintenant' },
  search: { en: 'to the search of a list', fr: 'vers la recherche d’une liste' },
  create: { en: 'new check', fr: 'nouveau contrôle' },
  help: { en: 'this list', fr: 'cette liste' },
});

const LISTED = [
  ['Ctrl K', messages.palette],
  ['j', messages.next],
  ['k', messages.previous],
  ['Enter', messages.open],
  ['x', messages.choose],
  ['a', messages.acknowledge],
  ['p', messages.pause],
  ['r', messages.probe],
  ['/', messages.search],
  ['n', messages.create],
  ['?', messages.help],
] as const;
