import type { Texts } from './texts.ts';

export const fr: Texts = {
  language: 'fr',
  severity: { critical: 'CRITIQUE', error: 'ERREUR', warning: 'AVERTISSEMENT', info: 'INFO', test: 'TEST' },
  status: { down: 'EN PANNE', up: 'RÉTABLI' },
  label: {
    service: 'Service',
    status: 'État',
    reason: 'Motif',
    lastPing: 'Dernier ping',
    environment: 'Environnement',
    tags: 'Étiquettes',
    project: 'Projet',
    since: 'En panne depuis',
    duration: 'Durée',
  },
  unnamed: 'contrôle sans nom',
  headline: { down: (name) => `${name} est EN PANNE.`, up: (name) => `${name} est RÉTABLI.` },
  reason: {
    '': 'La tâche a signalé un succès.',
    timeout: 'Aucun succès n’a été signalé à temps, délai de grâce compris.',
    fail: 'La tâche a signalé un échec.',
  },
  never: 'jamais',
  exitStatus: (status) => `code de sortie ${status}`,
  pingKind: { success: 'succès', start: 'début', fail: 'échec', log: 'journal', ign: 'ignoré' },
  testNote: (site, time) => `Ceci est un message d’essai de ${site}, envoyé le ${time}. Rien n’est en panne.`,
  actions: {
    title: 'ACTIONS REQUISES :',
    steps: (service) => [
      `Consulter les journaux du service : docker-compose logs -f ${service}`,
      `Le redémarrer si nécessaire : docker-compose restart ${service}`,
      'Vérifier ses dépendances',
    ],
  },
  bodyTitle: 'Dernier envoi de la tâche :',
  bodyCut: '[tronqué]',
  check: 'Contrôle',
  dashboard: 'Tableau de bord',
  footer: (site) => `Envoyé par ${site} : cette adresse y est un canal de notification.`,
  units: { day: 'j', hour: 'h', minute: 'min', second: 's' },
};
