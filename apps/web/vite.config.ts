import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstView } from './build/first-view.ts';
import { precompress } from './build/precompress.ts';

/** The server that `vite` hands calls of the API to, while the UI is worked on. */
const SERVER = process.env['VIGIE_URL'] ?? 'http://127.0.0.1:8000';

export default defineConfig({
  plugins: [react(), precompress(), firstView()],
  // Nothing inline: the page's policy lets no inline script or style run.
  // Relative, so that the server may live under a path of a proxy's.
  base: './',
  build: {
    target: 'es2022',
    // Younger than `light-dark()`, which is not to be taken apart.
    cssTarget: ['chrome123', 'firefox120', 'safari17.5'],
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    manifest: true,
    reportCompressedSize: false,
  },
  server: { proxy: { '/api': SERVER, '/badge': SERVER, '/ack': SERVER } },
});
