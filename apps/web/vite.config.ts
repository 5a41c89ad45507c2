import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';
import { firstView } from './build/first-view.ts';
import { precompress } from './build/precompress.ts';

/** The server that `vite` hands calls of the API to, while the UI is worked on. */
const SERVER = process.env['VIGIE_URL'] ?? 'http://127.0.0.1:8000';

/**
 * What most pages share comes in one file, not in one for each handful of modules: a browser asks for six at a time
 * over HTTP/1.1, and what a page shows is asked for after them.
 */
const COMMON = {
  name: 'common',
  test: /[\\/]apps[\\/]web[\\/]src[\\/](?:api|components|i18n|shell)[\\/]/,
  minShareCount: 3,
};

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
    rolldownOptions: { output: { codeSplitting: { groups: [COMMON] } } },
  },
  server: { proxy: { '/api': SERVER, '/badge': SERVER, '/ack': SERVER } },
});
