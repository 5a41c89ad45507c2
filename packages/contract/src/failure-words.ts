/** Why a probe failed, in the languages that people read; apart from the schemas, for browsers. */
import type { FAILURE_REASONS } from './vocabulary.ts';

type Reason = (typeof FAILURE_REASONS)[number];

/** Why a run of a probe failed, as the end of a sentence about the service. */
export const FAILURE_WORDS: Record<Reason, { readonly en: string; readonly fr: string }> = {
  dns: { en: 'a name could not be resolved', fr: 'un nom n’a pas pu être résolu' },
  refused: { en: 'the connection was refused', fr: 'la connexion a été refusée' },
  unreachable: { en: 'no way through the network leads to it', fr: 'aucun chemin du réseau n’y mène' },
  timeout: { en: 'it did not answer in time', fr: 'il n’a pas répondu à temps' },
  reset: { en: 'it broke off the connection', fr: 'il a rompu la connexion' },
  tls: {
    en: 'its encryption or its certificate is not right',
    fr: 'son chiffrement ou son certificat n’est pas bon',
  },
  auth: {
    en: 'it did not accept the user or the password',
    fr: 'il n’a pas accepté l’utilisateur ou le mot de passe',
  },
  forbidden: { en: 'a right is missing there', fr: 'il y manque un droit' },
  protocol: { en: 'it does not speak as it should', fr: 'il ne parle pas le protocole attendu' },
  not_found: { en: 'what was asked for is not there', fr: 'ce qui était demandé n’y est pas' },
  limit: { en: 'it is full, and takes no more for now', fr: 'il est saturé et n’accepte plus rien' },
  unhealthy: { en: 'it says itself that it is not well', fr: 'il dit lui-même qu’il va mal' },
  assertion: { en: 'its answer is not the one wanted', fr: 'sa réponse n’est pas celle voulue' },
  threshold: {
    en: 'a measurement is beyond its critical limit',
    fr: 'une mesure dépasse sa limite critique',
  },
  config: { en: 'the settings of its probe do not work', fr: 'les réglages de sa sonde ne conviennent pas' },
  internal: { en: 'the probe itself failed', fr: 'la sonde elle-même a échoué' },
};
