import type { FastifyInstance } from 'fastify';
import { isConnectionLost } from './database/lost-connection.ts';
import { buildApp } from './http/app.ts';
import type { Platform } from './http/context.ts';
import { startJobs } from './jobs.ts';
import { connectListeners } from './listeners.ts';
import { routes } from './routes.ts';

/** A running server. */
export interface Serving {
  app: FastifyInstance;
  url: string;
  stop(): Promise<void>;
}

/** The queue's own promises may reject unheard when the database is killed; that must not end the server. Anything else still does. */
function surviveLostConnection(error: unknown): void {
  if (!isConnectionLost(error)) throw error;
}

/** Starts HTTP and jobs of an open platform; a port in use is told with what to do. */
export async function startServing(
  platform: Platform,
  options: { web: boolean; jobs: boolean; port?: number; rateLimit?: number },
): Promise<Serving> {
  connectListeners(platform);
  platform.database.keepAlive((line) => {
    platform.log.warn({ line }, 'database');
  });
  process.on('unhandledRejection', surviveLostConnection);
  const app = await buildApp(platform, routes, options);
  const jobs = options.jobs ? await startJobs(platform) : null;
  const port = options.port ?? platform.config.port;
  try {
    await app.listen({ port, host: platform.config.host });
  } catch (error) {
    await jobs?.stop();
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'EADDRINUSE') {
      throw new Error(
        `端口 ${String(port)} 已被占用。请先停止占用它的程序，或换一个端口启动：PORT=${String(port + 1)} npm start`,
      );
    }
    throw error;
  }
  const address = app.server.address();
  const bound = typeof address === 'object' && address !== null ? address.port : port;
  return {
    app,
    url: `http://${platform.config.host === '127.0.0.1' ? 'localhost' : platform.config.host}:${String(bound)}`,
    stop: async () => {
      await app.close();
      await jobs?.stop();
      process.off('unhandledRejection', surviveLostConnection);
    },
  };
}
