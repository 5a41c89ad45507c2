/** Entry of the store writer's thread. It loads the rest late, so that all of it comes from the compile cache. */
import { enableCompileCache } from 'node:module';
import { releaseStartUpMemory } from './release-memory.ts';

enableCompileCache();
const [{ createCommands }, { serveWriter }] = await Promise.all([
  import('./commands.ts'),
  import('./store/serve-writer.ts'),
]);
releaseStartUpMemory();
serveWriter(createCommands);
