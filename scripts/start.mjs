// `npm start`: installs, builds and serves. Arguments (such as --empty) go to the server.
import { become, buildWeb, ensureModules, progress } from './prepare.mjs';

if (!ensureModules() || !buildWeb()) process.exit(1);
progress('正在启动服务……');
become('server/main.ts', ['serve', ...process.argv.slice(2)]);
