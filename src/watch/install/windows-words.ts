/** What is told of a scheduled task: what was done, how to look at it, and how to be rid of it. */
import { win32 } from 'node:path';
import { t } from '../../texts/texts.js';
import type { Host } from './host.js';
import { type Plan, typed } from './plan.js';
import { needsVariable } from './windows-requirements.js';
import type { TaskUser } from './windows-task.js';

export interface WindowsInstallation {
  name: string;
  user: TaskUser;
  plan: Plan;
}

const WINDOWS = { platform: 'win32' } as const;

export function installedWords({ name, user, plan }: WindowsInstallation, host: Host): string {
  const task = (...words: string[]) => typed(WINDOWS, ['schtasks', words[0] ?? '', '/tn', name, ...words.slice(1)]);
  const ccelog = (...words: string[]) => typed(WINDOWS, ['ccelog', ...words, '--db', plan.db]);
  return paragraphs([
    t`The scheduled task "${name}" was created and started. It runs as ${user.name}, starts with Windows, and is started again within five minutes should it end.`,
    block(t`It follows`, plan.paths),
    block(t`What it finds is here`, [plan.db]),
    block(t`Look at that with`, [ccelog('watch', '--status'), ccelog('incidents', 'list')]),
    block(t`Look at the task with`, [task('/query', '/v', '/fo', 'list')]),
    block(t`Stop it with`, [task('/change', '/disable'), task('/end')]),
    block(t`Start it again with`, [task('/change', '/enable'), task('/run')]),
    block(t`Remove it with`, [typed(WINDOWS, ['ccelog', 'watch', '--uninstall', ...named(name)])]),
    ...cautions({ name, user, plan }, host),
  ]);
}

export function plannedWords(
  commands: readonly (readonly string[])[],
  installation: WindowsInstallation | null,
  host: Host,
): string {
  return paragraphs([
    t`Nothing was done. Without --dry-run, these commands are run:`,
    block(
      null,
      commands.map((words) => typed(WINDOWS, ['schtasks', ...words])),
    ),
    ...(installation === null
      ? []
      : [t`task.xml is the definition above, in UTF-16.`, ...cautions(installation, host)]),
  ]);
}

export function removedWords(name: string): string {
  return paragraphs([
    t`The scheduled task "${name}" was ended and deleted. Its store and its metrics file are as they were.`,
  ]);
}

/** What may go wrong later, where nobody looks. */
function cautions({ name, user, plan }: WindowsInstallation, host: Host): string[] {
  const found: string[] = [];
  if (user.hasPassword)
    found.push(
      block(t`When the password of ${user.name} changes, the task does not start any more until it is told`, [
        typed(WINDOWS, ['schtasks', '/change', '/tn', name, '/ru', user.id, '/rp', '*']),
      ]),
    );
  const own = [host.executable, host.script].find((path) => isInProfile(path, host));
  if (own !== undefined && user.name !== 'SYSTEM')
    found.push(
      t`${own} lies in the profile of one user: make sure that ${user.name} may read it, or the task ends at once.`,
    );
  else if (own !== undefined)
    found.push(
      t`${own} lies in the profile of one user: whoever may change it there may do anything here, as SYSTEM. Better install ccelog and Node.js for all users.`,
    );
  const onShare = [...plan.paths, plan.db].find((path) => path.startsWith('\\\\'));
  if (onShare !== undefined && !user.hasPassword)
    found.push(
      t`${onShare} is on another machine: there ${user.name} is known as the account of this machine, or not at all.`,
    );
  if (needsVariable(host))
    found.push(
      t`Should the task end with the result 216 (0xd8), Windows has not yet told it of NODE_SKIP_PLATFORM_CHECK: start this machine anew once.`,
    );
  return found;
}

function isInProfile(path: string, { environment: { USERPROFILE } }: Host): boolean {
  const profile = USERPROFILE ? win32.join(USERPROFILE, '\\').toLowerCase() : null;
  return (profile !== null && path.toLowerCase().startsWith(profile)) || /^[a-z]:\\users\\(?!public\\)/i.test(path);
}

function named(name: string): string[] {
  return name === 'ccelog watch' ? [] : ['--task-name', name];
}

function block(title: string | null, lines: readonly string[]): string {
  if (lines.length === 0) return '';
  return [...(title === null ? [] : [t`${title}:`]), ...lines.map((line) => `  ${line}`)].join('\n');
}

function paragraphs(parts: readonly string[]): string {
  return `${parts.filter(Boolean).join('\n')}\n`;
}
