/** Watching as a scheduled task of Windows. */
import { win32 } from 'node:path';
import { CcelogError } from '../../errors.js';
import { t } from '../../texts/texts.js';
import type { Host, Ran } from './host.js';
import { cannotInstall, type Installed, type InstallOptions, planWatch } from './plan.js';
import { refuseReplaced, requireAdministrator, requireVariable, systemProgram } from './windows-requirements.js';
import { type TaskUser, taskDefinition, taskFile, taskUser } from './windows-task.js';
import { installedWords, plannedWords, removedWords, type WindowsInstallation } from './windows-words.js';

/** Creates the task and starts it. Throws BAD_USAGE, OUTPUT_EXISTS or INSTALL_FAILED. */
export async function installTask(options: InstallOptions, host: Host): Promise<Installed> {
  const name = taskName(options.taskName);
  const user = taskUser(options.user, host.environment['COMPUTERNAME']);
  const plan = planWatch(options, host);
  refuseReplaced([host.executable, host.script, ...plan.args], host);
  const definition = taskDefinition({
    executable: host.executable,
    script: host.script,
    args: plan.args,
    user,
    // It must exist when the task starts, or Windows does not start it: the store's folder is made only then.
    workingFolder: win32.dirname(host.executable),
    description: 'Follows logs of Cloud Connector Edition and keeps what it finds: ccelog watch',
  });
  const installation = { name, user, plan };
  const create = createCommand(installation, options.force === true);
  if (options.dryRun)
    return { definition, words: plannedWords([create('task.xml'), ['/run', '/tn', name]], installation, host) };

  await requireAdministrator(host);
  await requireVariable(host);
  if (await exists(name, host)) {
    if (!options.force)
      throw new CcelogError('OUTPUT_EXISTS', t`there is a scheduled task "${name}" already`, {
        why: t`it would be replaced`,
        try: t`add --force, or give another name with --task-name`,
      });
    // The one that runs would go on as before, and keep the new one from being started.
    await schtasks(host, ['/end', '/tn', name]);
  }
  const file = await host.writeTemporary(taskFile(definition));
  try {
    const created = await schtasks(host, create(file.path), user.hasPassword);
    if (created.code !== 0) throw failed(t`Windows did not create the scheduled task`, created, createAdvice(user));
  } finally {
    await file.remove();
  }
  const started = await schtasks(host, ['/run', '/tn', name]);
  if (started.code !== 0)
    throw failed(
      t`the scheduled task was created, but Windows did not start it`,
      started,
      `schtasks /run /tn "${name}"`,
    );
  return { definition: null, words: installedWords(installation, host) };
}

/** Ends the task and deletes it; the store stays. Throws BAD_USAGE or INSTALL_FAILED. */
export async function uninstallTask(
  options: Pick<InstallOptions, 'taskName' | 'dryRun'>,
  host: Host,
): Promise<Installed> {
  const name = taskName(options.taskName);
  // Its second trigger would otherwise start it again between the other two.
  const [disable, end, remove] = [
    ['/change', '/tn', name, '/disable'],
    ['/end', '/tn', name],
    ['/delete', '/tn', name, '/f'],
  ];
  if (options.dryRun) return { definition: null, words: plannedWords([disable, end, remove], null, host) };
  await requireAdministrator(host);
  if (!(await exists(name, host)))
    throw new CcelogError('BAD_USAGE', t`there is no scheduled task "${name}"`, {
      why: t`it was removed already, or was installed with another name`,
      try: t`schtasks /query lists all tasks; name one with --task-name`,
    });
  await schtasks(host, disable);
  // Refused where it does not run.
  await schtasks(host, end);
  const removed = await schtasks(host, remove);
  if (removed.code !== 0)
    throw failed(t`Windows did not delete the scheduled task`, removed, `schtasks /query /tn "${name}"`);
  return { definition: null, words: removedWords(name) };
}

function createCommand({ name, user }: WindowsInstallation, replaces: boolean): (file: string) => string[] {
  // With /rp * it is schtasks that asks: the password is in no command line and never in this program.
  const account = user.hasPassword ? ['/ru', user.id, '/rp', '*'] : [];
  return (file) => ['/create', '/tn', name, '/xml', file, ...account, ...(replaces ? ['/f'] : [])];
}

function schtasks(host: Host, args: readonly string[], asks = false): Promise<Ran> {
  return host.run(systemProgram('schtasks.exe', host), args, { asks });
}

async function exists(name: string, host: Host): Promise<boolean> {
  return (await schtasks(host, ['/query', '/tn', name])).code === 0;
}

/** The rules of file names; a backslash separates folders of tasks. */
function taskName(name = 'ccelog watch'): string {
  const parts = name.replace(/^\\/, '').split('\\');
  if (name.length <= 238 && parts.every((part) => /^(?![. ])[^\0-\x1f/:*?"<>|]+(?<![. ])$/.test(part))) return name;
  throw new CcelogError('BAD_USAGE', t`--task-name is no name of a scheduled task`, {
    why: t`found "${name}"`,
    try: '--task-name "ccelog watch"',
  });
}

function createAdvice({ hasPassword }: TaskUser): string {
  return hasPassword
    ? t`check the name and the password of the user, or run it as SYSTEM by leaving --user out`
    : t`look at the definition with --dry-run`;
}

function failed(message: string, { code, stdout, stderr }: Ran, advice: string): CcelogError {
  const said = `${stderr}\n${stdout}`.replace(/\s+/g, ' ').trim();
  return cannotInstall(message, {
    why:
      said !== ''
        ? t`schtasks says: ${said}`
        : code === null
          ? t`schtasks ended with no code`
          : t`schtasks ended with code ${code}`,
    try: advice,
  });
}
