import { getRouteApi } from '@tanstack/react-router';
import type { AuditEntry } from '@vigie/contract';
import { isEmptyList, ListEnd, useList } from '../../api/list.tsx';
import { actorText } from '../../components/actor-text.ts';
import { TextField } from '../../components/field.tsx';
import { Card, Empty } from '../../components/page.tsx';
import { useRestedText } from '../../components/rested-text.ts';
import { Ago } from '../../components/time.tsx';
import { useT } from '../../i18n/language.tsx';
import { defineMessages } from '../../i18n/messages.ts';
import { useProject } from '../../shell/project.ts';
import { AuditDetail } from './audit-detail.tsx';
import { AuditName } from './audit-name.tsx';
import { type AuditSearch, readSearch } from './audit-search.ts';
import { ProjectPage } from './project-page.tsx';

const route = getRouteApi('/shell/projects/$project/settings/audit');

/** Who changed what. */
export function AuditPage() {
  return (
    <ProjectPage least="manager">
      <AuditLog />
    </ProjectPage>
  );
}

function AuditLog() {
  const t = useT();
  const project = useProject();
  const search = route.useSearch();
  const list = useList<AuditEntry>(['audit', project.id], '/audit', { project: project.id, ...search });
  return (
    <>
      <AuditFilters search={search} />
      <Card flush>
        {list.items.length > 0 && (
          <div className="table-scroll">
            <table className="table table-stack audit-table">
              <thead>
                <tr>
                  <th scope="col">{t(messages.when)}</th>
                  <th scope="col">{t(messages.who)}</th>
                  <th scope="col">{t(messages.what)}</th>
                  <th scope="col">{t(messages.detail)}</th>
                </tr>
              </thead>
              <tbody>
                {list.items.map((entry) => (
                  <tr key={entry.id}>
                    <td>
                      <Ago at={entry.at} />
                    </td>
                    <td className="wrap-anywhere">{actorText(entry.actor, t)}</td>
                    <td className="wrap-anywhere">
                      <code>{entry.action}</code>
                      <p className="small soft">
                        <AuditName id={entry.target} names={entry.names} />
                      </p>
                    </td>
                    <td className="wrap-anywhere">
                      <AuditDetail entry={entry} />
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          </div>
        )}
        {isEmptyList(list) && <Empty icon="search" title={t(messages.none)} />}
      </Card>
      <ListEnd list={list} />
    </>
  );
}

function AuditFilters({ search }: { search: AuditSearch }) {
  const t = useT();
  const navigate = route.useNavigate();
  const filter = (change: AuditSearch): void =>
    void navigate({ search: (before) => readSearch({ ...before, ...change }), replace: true });
  const [actor, setActor] = useRestedText(search.actor ?? '', (text) => filter({ actor: text }));
  const [action, setAction] = useRestedText(search.action ?? '', (text) => filter({ action: text }));
  return (
    <search className="audit-filters">
      <TextField
        label={t(messages.who)}
        placeholder="alice@example.org"
        value={actor}
        onChange={(event) => setActor(event.target.value)}
      />
      <TextField
        label={t(messages.what)}
        hint={t(messages.startsWith)}
        placeholder="check.update"
        value={action}
        onChange={(event) => setAction(event.target.value)}
      />
    </search>
  );
}

const messages = defineMessages({
  when: { en: 'When', fr: 'Quand' },
  who: { en: 'Who', fr: 'Qui' },
  what: { en: 'What', fr: 'Quoi' },
  detail: { en: 'Detail', fr: 'Détail' },
  none: { en: 'Nothing matches', fr: 'Rien ne correspond' },
  startsWith: { en: 'The beginning of it, e.g. check.', fr: 'Le début, par exemple check.' },
});
