import { useParams } from '@tanstack/react-router';
import type { Project } from '@vigie/contract';
import { mayIn, useIdentity } from '../api/session.ts';

const LAST = 'vigie.project';

/** The project that a page without one should show: the last one seen, else the first. */
export function usualProject(projects: readonly Project[]): Project | undefined {
  const last = localStorage.getItem(LAST);
  return projects.find(({ id }) => id === last) ?? projects[0];
}

/** Remembers which project was looked at. */
export function rememberProject(id: string): void {
  localStorage.setItem(LAST, id);
}

/** The project of the page. Only below `/projects/$project`, which shows nothing else for an unknown one. */
export function useProject(): Project {
  const { projects } = useIdentity();
  const { project: id } = useParams({ strict: false });
  const project = projects.find((one) => one.id === id);
  if (project === undefined) throw new Error('BUG: a page of a project without one');
  return project;
}

/** Whether the reader may do in the page's project what needs at least this role. */
export function useMay(least: 'readonly' | 'member' | 'manager' | 'owner'): boolean {
  const { user } = useIdentity();
  return mayIn(useProject(), user, least);
}
