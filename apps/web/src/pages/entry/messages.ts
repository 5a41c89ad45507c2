import { defineMessages } from '../../i18n/messages.ts';

/** What several of the ways in say. */
export const messages = defineMessages({
  email: { en: 'E-mail address', fr: 'Adresse électronique' },
  password: { en: 'Password', fr: 'Mot de passe' },
  newPassword: { en: 'New password', fr: 'Nouveau mot de passe' },
  passwordHint: { en: 'At least {least} characters.', fr: 'Au moins {least} caractères.' },
  name: { en: 'Your name', fr: 'Votre nom' },
  signIn: { en: 'Sign in', fr: 'Se connecter' },
  toSignIn: { en: 'To the sign-in page', fr: 'Vers la page de connexion' },
});
