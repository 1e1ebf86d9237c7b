import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';

/**
 * Ends a program with what it started. Windows has no groups of processes, and to end a shell leaves what it runs alive;
 * its own program for this, no shell, knows who started whom.
 */
export function killTree(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  if (process.platform === 'win32') {
    const taskkill = join(process.env['SystemRoot'] ?? 'C:\\Windows', 'System32', 'taskkill.exe');
    const killer = spawn(taskkill, ['/t', '/f', '/pid', String(pid)], { stdio: 'ignore', windowsHide: true });
    for (const event of ['error', 'exit']) killer.once(event, () => child.kill('SIGKILL'));
    return;
  }
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
