/** What must hold before a scheduled task is made: found out now, and not at the next start of Windows. */
import { win32 } from 'node:path';
import { CcelogError } from '../../errors.js';
import { t } from '../../texts/texts.js';
import type { Host } from './host.js';
import { cannotInstall } from './plan.js';

/** By their full path: Windows looks in the working folder first, where anyone may have put one, and this runs as administrator. */
export function systemProgram(name: string, { environment: { SystemRoot } }: Host): string {
  return win32.join(SystemRoot || 'C:\\Windows', 'System32', name);
}

/** Messages are in the language of Windows, identifiers are not: the integrity level of a process with all rights. */
export async function requireAdministrator(host: Host): Promise<void> {
  const { code, stdout } = await host.run(systemProgram('whoami.exe', host), ['/groups']);
  if (code !== 0 || /S-1-16-(?:12288|16384)\b/.test(stdout)) return;
  throw cannotInstall(t`only an administrator may install or remove a task that starts with Windows`, {
    why: t`this window runs without the rights of an administrator`,
    try: t`start PowerShell with "Run as administrator", and run it again there`,
  });
}

const VARIABLE = 'NODE_SKIP_PLATFORM_CHECK';

/**
 * Before Windows 10 and Server 2016, Node.js ends at once where this variable is not 1. A task has no variables of its own,
 * only those of the machine; a shell in between that sets it would be ended in place of Node.js, and would read the
 * percent signs of paths as variables. So it is asked for, rather than found out at the next start.
 */
export async function requireVariable(host: Host): Promise<void> {
  if (!needsVariable(host)) return;
  const key = 'HKLM\\SYSTEM\\CurrentControlSet\\Control\\Session Manager\\Environment';
  const { stdout } = await host.run(systemProgram('reg.exe', host), ['query', key, '/v', VARIABLE]);
  if (new RegExp(`${VARIABLE}\\s+REG_\\w+\\s+1\\s*$`, 'm').test(stdout)) return;
  throw new CcelogError('BAD_USAGE', t`Node.js would not start in a scheduled task on this version of Windows`, {
    why: t`it asks for the environment variable ${VARIABLE}=1, and a task knows only the variables of the machine`,
    try: t`setx ${VARIABLE} 1 /M, and run it again`,
  });
}

export function needsVariable({ release }: Host): boolean {
  return Number.parseInt(release, 10) < 10;
}

/** Windows replaces %NAME% and $(Arg0) in what a task runs, and has no way to write them otherwise. */
export function refuseReplaced(texts: readonly string[], { environment }: Host): void {
  const names = new Set(Object.keys(environment).map((name) => name.toUpperCase()));
  for (const text of texts) {
    const found =
      /\$\(Arg\d+\)/i.exec(text)?.[0] ??
      [...text.matchAll(/%(?=([^%]+)%)/g)].map(([, name = '']) => name).find((name) => names.has(name.toUpperCase()));
    if (found === undefined) continue;
    throw new CcelogError('BAD_USAGE', t`a scheduled task cannot be given this text`, {
      why: t`Windows would replace ${found.startsWith('$') ? found : `%${found}%`} in "${text}"`,
      try: t`use a path or a value without it`,
    });
  }
}
