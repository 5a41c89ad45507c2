/** Entry of the server. It loads the rest late, so that all of it comes from the compile cache. */
import { enableCompileCache } from 'node:module';

enableCompileCache();
const { failStart, serve } = await import('./serve.ts');
await serve(process.argv.slice(2)).catch(failStart);
