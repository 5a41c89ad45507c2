import type { ReportTexts } from './texts.ts';

const EVERY = { daily: 'quotidien', weekly: 'hebdomadaire', monthly: 'mensuel' } as const;

export const fr: ReportTexts = {
  language: 'fr',
  colon: ' : ',
  outages: (count) => (count === 0 ? 'aucune panne' : `${count} ${count === 1 ? 'panne' : 'pannes'}`),
  uptime: (percent) => `disponibilité ${percent}`,
  noData: 'aucune donnée',
  downNow: (count) => `${count} en panne à présent`,
  downFor: (duration) => `depuis ${duration}`,
  about: { daily: (date) => date, weekly: (date) => `semaine du ${date}`, monthly: (date) => date },
  zone: (zone) => `fuseau ${zone}`,
  label: {
    uptime: 'Disponibilité',
    outages: 'Pannes',
    down: 'Durée',
    longest: 'Maximum',
    checks: 'Contrôles',
    messages: 'Messages',
  },
  change: {
    uptime: {
      more: (before) => `en hausse, contre ${before}`,
      less: (before) => `en baisse, contre ${before}`,
      same: () => 'inchangée',
    },
    outages: { more: (by) => `${by} de plus`, less: (by) => `${by} de moins`, same: () => 'autant' },
    down: { more: (by) => `${by} de plus`, less: (by) => `${by} de moins`, same: () => 'autant' },
  },
  against: {
    daily: 'Par rapport à la veille.',
    weekly: 'Par rapport à la semaine précédente.',
    monthly: 'Par rapport au mois précédent.',
  },
  nothingBefore: 'Il n’y a pas de données antérieures pour comparer.',
  title: {
    downNow: 'En panne à présent',
    failed: 'Contrôles tombés en panne',
    environments: 'Par environnement',
    noisiest: 'Le plus de messages',
    silent: 'Aucune donnée',
  },
  nothingDown: 'Rien n’est en panne à présent.',
  noOutages: 'Aucun contrôle n’est tombé en panne.',
  silentHint: 'Nouveaux ou en pause tout le temps ; dans aucun chiffre.',
  more: (count) => `et ${count} de plus`,
  unwatched: (duration) =>
    `Aucun serveur ne fonctionnait pendant ${duration} : ce temps n’est dans aucun chiffre.`,
  footer: (site, project, period) =>
    `Vous recevez ce rapport ${EVERY[period]} en tant que membre de ${project} sur ${site}.`,
  unsubscribe: 'Se désabonner',
  dashboard: 'Tableau de bord',
  page: {
    title: 'Se désabonner ?',
    question: (project, period) => `Plus de rapport ${EVERY[period]} sur ${project} par courriel.`,
    button: 'Se désabonner',
    hint: 'Les messages sur les pannes continuent, de même que vos autres rapports.',
    done: 'Désabonné',
    doneText: (project, period) => `Vous ne recevrez plus de rapport ${EVERY[period]} sur ${project}.`,
    doneHint: 'Une fois connecté, vous pouvez le rétablir.',
    gone: 'Plus rien ici',
    goneText: 'Vous n’êtes plus membre de ce projet et ne recevez plus de rapports à son sujet.',
    forged: 'Lien inconnu',
    forgedText:
      'Ce lien n’est pas de nous, ou il en manque une partie. Copiez-le en entier depuis le message.',
  },
};
