import { statfsSync } from 'node:fs';
import { totalmem } from 'node:os';

/**
 * The configuration file of the embedded server. Nothing personal reaches its log: no statements, no parameters,
 * no row details, and ordinary errors of statements are left to the application's own log.
 */
export function serverSettings(durable: boolean): string {
  const settings: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    password_encryption: 'scram-sha-256',
    max_connections: '60',
    shared_buffers: `${String(sharedBuffersMB())}MB`,
    work_mem: '16MB',
    maintenance_work_mem: '128MB',
    effective_cache_size: '1GB',
    random_page_cost: '1.1',
    max_locks_per_transaction: '256',
    jit: 'off',
    wal_compression: durable ? 'on' : 'off',
    max_wal_size: '2GB',
    max_wal_senders: '0',
    autovacuum_naptime: '15s',
    synchronous_commit: durable ? 'on' : 'off',
    fsync: durable ? 'on' : 'off',
    full_page_writes: durable ? 'on' : 'off',
    wal_level: durable ? 'replica' : 'minimal',
    dynamic_shared_memory_type: sharedMemoryKind(),
    timezone: 'Asia/Shanghai',
    log_timezone: 'Asia/Shanghai',
    lc_messages: 'C',
    log_line_prefix: '%m [%p] ',
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_error_verbosity: 'terse',
    log_statement: 'none',
    log_min_duration_statement: '-1',
    log_parameter_max_length: '0',
    log_parameter_max_length_on_error: '0',
    log_checkpoints: 'off',
    log_autovacuum_min_duration: '-1',
  };
  return Object.entries(settings)
    .map(([name, value]) => `${name} = '${value}'\n`)
    .join('');
}

/** An eighth of the machine's memory, from 128 MB to 1 GB: a list of 100,000 rows with its indexes then stays in memory while it is published. */
function sharedBuffersMB(): number {
  return Math.round(Math.min(1024, Math.max(128, totalmem() / 8 / 1024 ** 2)));
}

/** Small containers have a shared-memory disk too small for parallel queries; files in the data folder serve there. */
function sharedMemoryKind(): 'posix' | 'mmap' {
  try {
    const disk = statfsSync('/dev/shm');
    return disk.bavail * disk.bsize >= 256 * 1024 * 1024 ? 'posix' : 'mmap';
  } catch {
    return 'mmap';
  }
}
