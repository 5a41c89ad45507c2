/**
 * What rows and annotations hold as English sentences, since they travel to receivers as they are, or were written
 * by an older version: the sentence is the code, and stands here with what it is in other languages.
 */

/** `{slot}`: what differs. A slot named `said` is worded itself; every other one stands as it is. */
export interface Phrase {
  en: string;
  fr: string;
}

/** Why an alert is none, or is over without a word. */
const ALERTS: readonly Phrase[] = [
  { en: 'nobody had been told', fr: 'personne n’avait été prévenu' },
  { en: 'the check was paused', fr: 'le contrôle a été mis en pause' },
  { en: 'the check was deleted', fr: 'le contrôle a été supprimé' },
  { en: 'what the check reported was cleared', fr: 'ce que le contrôle avait signalé a été effacé' },
  { en: 'the policy was changed', fr: 'la règle a été modifiée' },
  {
    en: '{bad} of the last {of} outcomes bad, an alert takes {least}',
    fr: 'mauvais résultats parmi les {of} derniers : {bad}, il en faut {least} pour une alerte',
  },
  { en: '{count} times down', fr: 'tombé en panne {count} fois' },
];

/** What is wrong, in the annotation `summary`. */
const SUMMARIES: readonly Phrase[] = [
  {
    en: 'no success was reported in time, grace time included',
    fr: 'aucun succès n’a été signalé à temps, délai de grâce compris',
  },
  { en: 'no success was reported in time', fr: 'aucun succès n’a été signalé à temps' },
  { en: 'the job reported a failure', fr: 'la tâche a signalé un échec' },
  { en: 'its probe found the service unwell', fr: 'sa sonde a trouvé le service en mauvais état' },
  { en: 'the run has gone on for more than {time}', fr: 'l’exécution dure depuis plus de {time}' },
  { en: 'the run took {time}, less than {least}', fr: 'l’exécution a duré {time}, soit moins de {least}' },
  {
    en: 'a success came {time} after the one before, sooner than {least}',
    fr: 'un succès est arrivé {time} après le précédent, plus tôt que {least}',
  },
  {
    en: 'a run began while another one was in progress',
    fr: 'une exécution a commencé pendant qu’une autre était en cours',
  },
  {
    en: 'This is a drill. Nothing is wrong: acknowledge it as you would a real alert.',
    fr: 'Ceci est un exercice. Rien n’est en panne : prenez-le en charge comme une vraie alerte.',
  },
];

/** Measurements beyond a limit, in summaries and in what probes found. */
const PASSED: readonly Phrase[] = [
  {
    en: '{series} is {value}, critical {op} {limit} for {runs} runs',
    fr: '{series} vaut {value}, seuil critique {op} {limit} pendant {runs} passages',
  },
  {
    en: '{series} is {value}, warning {op} {limit} for {runs} runs',
    fr: '{series} vaut {value}, seuil d’avertissement {op} {limit} pendant {runs} passages',
  },
  {
    en: '{series} is {value}, critical {op} {limit}',
    fr: '{series} vaut {value}, seuil critique {op} {limit}',
  },
  {
    en: '{series} is {value}, warning {op} {limit}',
    fr: '{series} vaut {value}, seuil d’avertissement {op} {limit}',
  },
];

/** Why the alert of a limit is over, in the annotation `resolution`. */
const ENDS: readonly Phrase[] = [
  {
    en: 'it is not beyond its limit any more',
    fr: 'la mesure ne dépasse plus sa limite',
  },
  {
    en: 'it is beyond its critical limit, and the service has failed',
    fr: 'la mesure dépasse sa limite critique, et le service est en panne',
  },
  {
    en: 'how the service is probed was changed, and nothing is known of it as it is now',
    fr: 'la façon de sonder le service a changé, et on ne sait encore rien de son état actuel',
  },
  { en: 'the check is not probed any more', fr: 'le contrôle n’est plus sondé' },
];

/** Why a message was not sent. */
const NOT_SENT: readonly Phrase[] = [
  { en: 'the channel was deleted', fr: 'le canal a été supprimé' },
  { en: 'the channel is disabled', fr: 'le canal est désactivé' },
  { en: 'the alert was deleted', fr: 'l’alerte a été supprimée' },
  { en: 'the event was cleared', fr: 'l’événement a été effacé' },
  { en: 'the silence ends at another time now', fr: 'le silence se termine à un autre moment à présent' },
  { en: 'nothing was gathered', fr: 'rien n’a été regroupé' },
  { en: 'the channel does not want outages', fr: 'le canal ne veut pas des pannes' },
  { en: 'the channel does not want recoveries', fr: 'le canal ne veut pas des rétablissements' },
  { en: 'the webhook has no address for outages', fr: 'le webhook n’a pas d’adresse pour les pannes' },
  {
    en: 'the webhook has no address for recoveries',
    fr: 'le webhook n’a pas d’adresse pour les rétablissements',
  },
  { en: 'the webhook has no address for notices', fr: 'le webhook n’a pas d’adresse pour les avis' },
  {
    en: 'PagerDuty is told of outages and recoveries alone',
    fr: 'PagerDuty n’est prévenu que des pannes et des rétablissements',
  },
  { en: 'this server writes no mails to people', fr: 'ce serveur n’écrit pas de mails aux personnes' },
  { en: 'there is no kind of channel named {kind}', fr: 'il n’y a aucun type de canal nommé {kind}' },
  {
    en: 'the stored settings of the channel are not valid any more',
    fr: 'les réglages enregistrés du canal ne sont plus valables',
  },
  {
    en: 'with its placeholders filled in, the address is not a URL',
    fr: 'une fois ses variables remplacées, l’adresse n’est pas une URL',
  },
  { en: 'the message could not be made: {said}', fr: 'le message n’a pas pu être composé : {said}' },
];

/** Why a call of a provider, or a mail, failed. */
const FAILED: readonly Phrase[] = [
  {
    en: 'given up after {tries} tries in {hours} h, the last: {said}',
    fr: 'abandonné après {tries} essais en {hours} h, le dernier : {said}',
  },
  {
    en: 'it could not be sent in time, the last try: {said}',
    fr: 'il n’a pas pu être envoyé à temps, le dernier essai : {said}',
  },
  {
    en: 'sent plain, for its text could not be made: {why}; {answer}',
    fr: 'envoyé sans mise en forme, car son texte n’a pas pu être composé : {why} ; {answer}',
  },
  { en: 'more than {most} redirects', fr: 'plus de {most} redirections' },
  { en: 'not an http:// or https:// URL', fr: 'pas une URL http:// ou https://' },
  { en: 'no answer within {time} s', fr: 'pas de réponse en {time} s' },
  { en: 'no connection within {time} s', fr: 'pas de connexion en {time} s' },
  {
    en: 'the call was ended before an answer came',
    fr: 'l’appel a été interrompu avant qu’une réponse n’arrive',
  },
  {
    en: 'the delivery was ended before an answer came',
    fr: 'l’envoi a été interrompu avant qu’une réponse n’arrive',
  },
  { en: 'the connection was refused', fr: 'la connexion a été refusée' },
  { en: 'the connection was reset', fr: 'la connexion a été coupée' },
  { en: 'the connection timed out', fr: 'la connexion a pris trop de temps' },
  {
    en: 'the connection was closed before an answer came',
    fr: 'la connexion a été fermée avant qu’une réponse n’arrive',
  },
  { en: 'the host name is unknown', fr: 'le nom d’hôte est inconnu' },
  { en: 'the host name cannot be resolved now', fr: 'le nom d’hôte ne peut pas être résolu à présent' },
  { en: 'the host cannot be reached', fr: 'l’hôte est inaccessible' },
  { en: 'the network cannot be reached', fr: 'le réseau est inaccessible' },
  { en: 'the headers of the answer are too long', fr: 'les en-têtes de la réponse sont trop longs' },
  { en: '{host} has no address', fr: '{host} n’a pas d’adresse' },
  { en: 'calling {host} is refused: {said}', fr: 'appeler {host} est refusé : {said}' },
  {
    en: 'link-local and cloud metadata addresses are never called',
    fr: 'les adresses locales au lien et de métadonnées ne sont jamais appelées',
  },
  {
    en: 'private addresses may not be called ({settings})',
    fr: 'les adresses privées ne peuvent pas être appelées ({settings})',
  },
  {
    en: 'redirected to another host, which is not followed',
    fr: 'redirigé vers un autre hôte, ce qui n’est pas suivi',
  },
  {
    en: 'redirected to another host ({host}), which is not followed',
    fr: 'redirigé vers un autre hôte ({host}), ce qui n’est pas suivi',
  },
  { en: 'the request cannot be sent: {why}', fr: 'la requête ne peut pas être envoyée : {why}' },
  {
    en: 'outgoing mail is not configured ({setting})',
    fr: 'l’envoi de mails n’est pas configuré ({setting})',
  },
  { en: 'the mail server cannot be reached: {why}', fr: 'le serveur de mail est inaccessible : {why}' },
  { en: 'the mail server took too long', fr: 'le serveur de mail a pris trop de temps' },
  { en: 'the server was stopped', fr: 'le serveur a été arrêté' },
  {
    en: 'the mail server’s name cannot be resolved',
    fr: 'le nom du serveur de mail ne peut pas être résolu',
  },
  {
    en: 'no encrypted connection to the mail server',
    fr: 'pas de connexion chiffrée au serveur de mail',
  },
  { en: 'the mail server refused the sign-in', fr: 'le serveur de mail a refusé l’identification' },
  {
    en: 'the mail server wants a sign-in, and no user is configured',
    fr: 'le serveur de mail veut une identification, et aucun utilisateur n’est configuré',
  },
  { en: 'the mail server did not answer in time', fr: 'le serveur de mail n’a pas répondu à temps' },
];

export const PHRASES: readonly Phrase[] = [
  ...ALERTS,
  ...SUMMARIES,
  ...PASSED,
  ...ENDS,
  ...NOT_SENT,
  ...FAILED,
];
