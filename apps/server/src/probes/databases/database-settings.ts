/** Settings that every kind of database has. */
import { z } from 'zod';

export function requireRights() {
  return z.boolean().default(true).meta({
    title: 'Missing rights are a failure',
    title_fr: 'Les droits manquants sont un échec',
    description: 'Otherwise what the user may not see is left out.',
    description_fr: 'Sinon, ce que l’utilisateur ne peut pas voir est omis.',
  });
}
