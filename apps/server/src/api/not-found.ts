/** The page for an address at which nothing is, the same for every protocol that has no form of its own. */
export const NOT_FOUND_PAGE =
  '<!doctype html><html lang="en"><title>Not Found</title><h1>Not Found</h1><p>Nothing is at this address.</p></html>';
