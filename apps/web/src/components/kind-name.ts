import { useCallback } from 'react';
import { useLanguage } from '../i18n/language.tsx';

interface Kind {
  kind: string;
  /** In English, as the server has it. */
  name: string;
}

/** Those whose names are words; all others are called alike everywhere. */
const FRENCH: Readonly<Record<string, string>> = {
  email: 'Courriel',
  backup: 'Sauvegarde',
  celery: 'Workers Celery',
  comprehensive: 'Tous les services',
  host: 'Machine',
  icmp: 'Ping ICMP',
  'log-rate': 'Fichier journal',
  process: 'Processus',
  s3: 'S3 et MinIO',
  sql: 'Requête SQL',
};

/** What kinds of channels and probes are called in the reader's language. */
export function useKindName(): (kind: Kind) => string {
  const language = useLanguage();
  return useCallback(
    ({ kind, name }: Kind) => (language === 'fr' ? FRENCH[kind] : undefined) ?? name,
    [language],
  );
}
