#!/usr/bin/env node
// `npm run -s bench:NAME`: runs bench/NAME.ts on the pinned Node after making sure that the locked packages are installed.
import { become, ensureModules } from './prepare.mjs';

const [name = '', ...rest] = process.argv.slice(2);
if (!/^[a-z]+$/.test(name) || !ensureModules()) process.exit(1);
become(`bench/${name}.ts`, rest);
