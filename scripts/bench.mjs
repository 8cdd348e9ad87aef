#!/usr/bin/env node
// `npm run -s bench:NAME`: runs bench/NAME.ts on the pinned Node after making sure that the locked packages are installed.
import { become, ensureBrowser, ensureModules } from './prepare.mjs';

/** Benches that look at pages in a browser, or kill one. */
const inBrowser = ['kill', 'phone'];
const [name = '', ...rest] = process.argv.slice(2);
if (!/^[a-z]+$/.test(name) || !ensureModules()) process.exit(1);
if (inBrowser.includes(name) && !ensureBrowser()) process.exit(1);
become(`bench/${name}.ts`, rest);
