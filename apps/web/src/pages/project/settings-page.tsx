import { useMay, useProject } from '../../shell/project.ts';
import { DeleteCard } from './delete-card.tsx';
import { GeneralCard } from './general-card.tsx';
import { ProjectPage } from './project-page.tsx';

/** What the project is called, and how it tells. */
export function SettingsPage() {
  const project = useProject();
  const isOwner = useMay('owner');
  return (
    <ProjectPage>
      <GeneralCard key={project.id} project={project} />
      {isOwner && <DeleteCard project={project} />}
    </ProjectPage>
  );
}
