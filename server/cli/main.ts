import { addCluster } from './cluster.ts';
import { newProgram } from './command.ts';
import { addDistricts } from './district.ts';
import { exitCodeOf } from './faults.ts';
import { addKeeping } from './keeping.ts';
import { addLists } from './lists.ts';
import { addServing } from './serve.ts';

const program = newProgram();
for (const add of [addServing, addDistricts, addLists, addKeeping, addCluster]) add(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error, process.argv.includes('--json'));
}
