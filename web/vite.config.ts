import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import react from '@vitejs/plugin-react';
import { defineConfig, type Plugin } from 'vite';

const house = path.resolve(import.meta.dirname, '..');
const phoneEntry = 'field';

/** Writes into the phone's service worker which files the phone pages consist of, so that they open without signal after one visit. */
function phoneFiles(): Plugin {
  return {
    name: 'phone-files',
    generateBundle(_options, bundle) {
      const chunks = Object.values(bundle).filter((file) => file.type === 'chunk');
      const wanted = new Set<string>();
      const take = (fileName: string) => {
        if (wanted.has(fileName)) return;
        wanted.add(fileName);
        const chunk = chunks.find((one) => one.fileName === fileName);
        chunk?.viteMetadata?.importedCss.forEach((css) => wanted.add(css));
        for (const next of [...(chunk?.imports ?? []), ...(chunk?.dynamicImports ?? [])]) take(next);
      };
      for (const chunk of chunks) if (chunk.isEntry && chunk.name === phoneEntry) take(chunk.fileName);
      const worker = chunks.find((chunk) => chunk.fileName === 'sw.js');
      if (!worker || wanted.size === 0) throw new Error('the phone pages or their service worker are missing');
      const files = [...wanted].sort().map((file) => `/${file}`);
      worker.code = worker.code.replace('__PHONE_FILES__', files.join(' '));
    },
  };
}

const phoneFolder = path.join(import.meta.dirname, 'field') + path.sep;
const preactFor: Record<string, string> = {
  react: 'preact/compat',
  'react-dom/client': 'preact/compat/client',
  'react/jsx-runtime': 'preact/jsx-runtime',
};

/** The phone pages are written for React and built with Preact, a tenth of its size (decision 0007); all other pages keep React. */
function smallReactOnPhones(): Plugin {
  return {
    name: 'small-react-on-phones',
    enforce: 'pre',
    resolveId(source, importer) {
      const small = preactFor[source];
      if (small === undefined || !importer?.startsWith(phoneFolder)) return null;
      return this.resolve(small, importer, { skipSelf: true });
    },
  };
}

/** Writes every text file once more in small (.br, .gz): the server hands out the form that the browser takes. */
function smallForms(): Plugin {
  return {
    name: 'small-forms',
    writeBundle(options, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(?:js|css)$/.test(fileName)) continue;
        const file = path.join(options.dir ?? '', fileName);
        const plain = readFileSync(file);
        if (plain.length < 1024) continue;
        writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }));
        writeFileSync(`${file}.br`, brotliCompressSync(plain, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
      }
    },
  };
}

/** Builds the pages into `dist/web`, where the server finds them; in development `/api` goes to the local server. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  plugins: [smallReactOnPhones(), react(), phoneFiles(), smallForms()],
  build: {
    outDir: path.join(house, 'dist/web'),
    emptyOutDir: true,
    target: 'es2022',
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1000,
    rollupOptions: {
      input: {
        index: path.join(import.meta.dirname, 'index.html'),
        [phoneEntry]: path.join(import.meta.dirname, 'field/index.html'),
        sw: path.join(import.meta.dirname, 'field/worker/service-worker.ts'),
      },
      output: { entryFileNames: (chunk) => (chunk.name === 'sw' ? 'sw.js' : 'assets/[name]-[hash].js') },
    },
  },
  server: { host: '127.0.0.1', port: 5173, proxy: { '/api': 'http://127.0.0.1:3000' } },
});
