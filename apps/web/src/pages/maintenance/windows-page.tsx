import './maintenance.css';
import { Link } from '@tanstack/react-router';
import type { Window } from '@vigie/contract';
import { ListEnd, useList } from '../../api/list.tsx';
import { buttonClass } from '../../components/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { Card, Empty, Page } from '../../components/page.tsx';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useMay, useProject } from '../../shell/project.ts';
import { WindowTimes } from './window-times.tsx';

/** Times in which work is planned, and messages are held back. */
export function WindowsPage() {
  const t = useT();
  const project = useProject();
  const mayWrite = useMay('member');
  const list = useList<Window>(['windows', project.id], '/windows', { project: project.id });
  return (
    <Page
      title={t(messages.title)}
      actions={
        mayWrite && (
          <Link
            to="/projects/$project/maintenance/new"
            params={{ project: project.id }}
            className={buttonClass('primary')}
          >
            <Icon name="plus" />
            {t(messages.add)}
          </Link>
        )
      }
    >
      {list.items.length > 0 && (
        <Card flush>
          <div className="table-scroll">
            <table className="table table-stack">
              <thead>
                <tr>
                  <th scope="col">{t(messages.window)}</th>
                  <th scope="col">{t(messages.state)}</th>
                  <th scope="col">{t(messages.when)}</th>
                  <th scope="col">{t(messages.covers)}</th>
                </tr>
              </thead>
              <tbody>
                {list.items.map((window) => (
                  <tr key={window.id}>
                    <td>
                      <Link
                        to="/projects/$project/maintenance/$window"
                        params={{ project: project.id, window: window.id }}
                        className="clamped"
                        dir="auto"
                      >
                        {window.name}
                      </Link>
                      {window.comment !== '' && (
                        <p className="small soft clamped" dir="auto">
                          {window.comment}
                        </p>
                      )}
                    </td>
                    <td className="window-state">
                      <WindowState window={window} />
                    </td>
                    <td className="window-when">
                      <WindowTimes window={window} />
                    </td>
                    <td data-label={t(messages.covers)}>
                      <ul className="label-chips">
                        {[...window.tags, ...window.environments].map((one) => (
                          <li key={one} className="chip">
                            {one}
                          </li>
                        ))}
                        {window.tags.length + window.environments.length === 0 && (
                          <li>{t(messages.everything)}</li>
                        )}
                      </ul>
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        </Card>
      )}
      <ListEnd
        list={list}
        empty={
          <Empty icon="maintenance" title={t(messages.none)}>
            <p>{t(messages.why)}</p>
          </Empty>
        }
      />
    </Page>
  );
}

function WindowState({ window }: { window: Window }) {
  const t = useT();
  if (window.disabled) return t(messages.disabled);
  if (window.open_until !== null) {
    return (
      <strong>
        {t(messages.open)} <Ago at={window.open_until} />
      </strong>
    );
  }
  if (window.opens_next === null) return <span className="soft">{t(messages.over)}</span>;
  return (
    <>
      {t(messages.opens)} <Ago at={window.opens_next} />
    </>
  );
}

const messages = defineMessages({
  title: { en: 'Maintenance', fr: 'Maintenance' },
  add: { en: 'Plan maintenance', fr: 'Planifier une maintenance' },
  window: { en: 'Window', fr: 'Fenêtre' },
  state: { en: 'State', fr: 'État' },
  when: { en: 'When', fr: 'Quand' },
  covers: { en: 'Covers', fr: 'Concerne' },
  everything: { en: 'everything', fr: 'tout' },
  disabled: { en: 'switched off', fr: 'désactivée' },
  open: { en: 'open, closes', fr: 'ouverte, se ferme' },
  opens: { en: 'opens', fr: 's’ouvre' },
  over: { en: 'over', fr: 'terminée' },
  none: { en: 'Nothing is planned', fr: 'Rien n’est prévu' },
  why: {
    en: 'While a window is open, the messages of what it covers wait; what is still wrong at its end is told then.',
    fr: 'Pendant une fenêtre, les messages concernés attendent ; ce qui va encore mal à la fin est annoncé alors.',
  },
});
