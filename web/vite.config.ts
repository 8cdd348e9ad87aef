import path from 'node:path';
import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const house = path.resolve(import.meta.dirname, '..');

/** Builds the pages into `dist/web`, where the server finds them; in development `/api` goes to the local server. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [react()],
  build: {
    outDir: path.join(house, 'dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
  },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
});
