#!/usr/bin/env node
// `npm run baoxue -- …` or `node scripts/baoxue.mjs …`: the operator's command. Prints nothing of its own on standard output.
import { become, ensureModules } from './prepare.mjs';

if (!ensureModules()) process.exit(1);
become('server/cli/main.ts', process.argv.slice(2));
