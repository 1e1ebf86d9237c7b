import './engine.js';
import { toolVersion } from './environment.js';
import { ignoreClosedPipe } from './output.js';

/** Runs the command line and sets the exit code; the process ends when nothing is left to do. */
export async function main(args: readonly string[]): Promise<void> {
  ignoreClosedPipe();
  // Scripts ask this often; it needs none of the commands.
  if (args.length === 1 && (args[0] === '--version' || args[0] === '-V')) {
    process.stdout.write(`${toolVersion()}\n`);
    return;
  }
  const { runProgram } = await import('./program.js');
  process.exitCode = await runProgram(args);
}
