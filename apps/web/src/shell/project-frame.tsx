import { Outlet, useParams } from '@tanstack/react-router';
import { useIdentity } from '../api/session.ts';
import { LostPage } from './lost.tsx';

/** The pages of a project, for as long as the reader sees it: somebody may delete it, or take the reader out. */
export function ProjectFrame() {
  const { projects } = useIdentity();
  const { project } = useParams({ strict: false });
  return projects.some(({ id }) => id === project) ? <Outlet /> : <LostPage />;
}
