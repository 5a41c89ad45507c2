import { useMay } from '../../shell/project.ts';
import { InvitationsCard } from './invitations-card.tsx';
import { MembersCard } from './members-card.tsx';
import { ProjectPage } from './project-page.tsx';

/** Who belongs to the project, as what. */
export function MembersPage() {
  const mayManage = useMay('manager');
  return (
    <ProjectPage>
      <MembersCard mayManage={mayManage} />
      {mayManage && <InvitationsCard />}
    </ProjectPage>
  );
}
