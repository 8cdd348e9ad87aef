import { expect, test } from 'vitest';
import { loadConfig } from './config.ts';

test('without settings everything is kept in .data and the server answers on this machine only', () => {
  const config = loadConfig({});
  expect(config).toMatchObject({
    databaseUrl: null,
    port: 3000,
    host: '127.0.0.1',
    production: false,
    testClock: null,
  });
  expect(config.dataDirectory.endsWith('/.data')).toBe(true);
  expect(config.keyFile).toBe(`${config.dataDirectory}/keys/master.key`);
});

test('production refuses to start without its key file', () => {
  expect(() => loadConfig({ NODE_ENV: 'production' })).toThrow(/BAOXUE_KEY_FILE/);
  expect(() => loadConfig({ NODE_ENV: 'production', BAOXUE_KEY_FILE: '/nowhere/key' })).toThrow(/找不到主密钥文件/);
});

test('a wrong port, a wrong test clock and a test clock in production are refused', () => {
  expect(() => loadConfig({ PORT: 'x' })).toThrow(/PORT=x/);
  expect(() => loadConfig({ BAOXUE_TEST_CLOCK: 'yesterday' })).toThrow(/ISO/);
  expect(() =>
    loadConfig({
      NODE_ENV: 'production',
      BAOXUE_KEY_FILE: '/etc/passwd',
      BAOXUE_TEST_CLOCK: '2026-03-02T09:00:00+08:00',
    }),
  ).toThrow(/正式环境/);
});

test('further hosts of group robots are listed with commas', () => {
  expect(loadConfig({}).robotHosts).toEqual([]);
  expect(loadConfig({ BAOXUE_ROBOT_HOSTS: 'Relay.bureau.example:8443, ,chat.example' }).robotHosts).toEqual([
    'relay.bureau.example:8443',
    'chat.example',
  ]);
});
