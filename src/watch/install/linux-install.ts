/** Watching as a service of systemd: the unit, and what to do with it. */
import { posix } from 'node:path';
import { CcelogError } from '../../errors.js';
import { t } from '../../texts/texts.js';
import type { Host } from './host.js';
import { type Installed, type InstallOptions, planWatch, typed } from './plan.js';
import { systemdUnit } from './systemd.js';

const LINUX = { platform: 'linux' } as const;
/** systemd makes it, as the unit asks, and gives it to the user. */
const STATE_FOLDER = '/var/lib/ccelog';

export function installService(options: InstallOptions, host: Host): Installed {
  const name = serviceName(options.taskName);
  const plan = planWatch(options, host);
  const written = [plan.db, ...(plan.metrics === null ? [] : [plan.metrics])].map((file) => posix.dirname(file));
  const writable = [...new Set(written)].filter((folder) => folder !== STATE_FOLDER);
  const needed = [host.executable, host.script, ...plan.paths, ...plan.signatures, ...writable];
  const definition = systemdUnit({
    executable: host.executable,
    script: host.script,
    args: plan.args,
    user: options.user ?? null,
    description: 'ccelog watch: follows logs of Cloud Connector Edition',
    writable,
    keepsState: written.includes(STATE_FOLDER),
    needsSharedTemporary: needed.some((path) => /^\/(?:var\/)?tmp(?:\/|$)/.test(path)),
  });
  const steps = [
    // No `install -d` with an owner: of a folder that exists, and that others use, it would change hands.
    ...writable.map((folder) => ['sudo', 'mkdir', '-p', folder]),
    ['sudo', 'systemctl', 'daemon-reload'],
    ['sudo', 'systemctl', 'enable', '--now', name],
  ];
  const looks = [
    ['systemctl', 'status', name],
    ['sudo', 'ccelog', 'watch', '--status', '--db', plan.db],
    ['sudo', 'ccelog', 'incidents', 'list', '--db', plan.db],
  ];
  return {
    definition,
    words: t`Nothing was installed. Save the unit as ${unitFile(name)}: the same command with
  | sudo tee ${typed(LINUX, [unitFile(name)])} >/dev/null
Then:
${lines(steps)}
${rights(options.user, plan.paths, writable)}Look at it with:
${lines(looks)}
`,
  };
}

export function uninstallService(options: Pick<InstallOptions, 'taskName'>): Installed {
  const name = serviceName(options.taskName);
  const steps = [
    ['sudo', 'systemctl', 'disable', '--now', name],
    ['sudo', 'rm', unitFile(name)],
    ['sudo', 'systemctl', 'daemon-reload'],
  ];
  return {
    definition: null,
    words: t`Nothing was removed. The store stays where it is. Remove the service with:\n${lines(steps)}\n`,
  };
}

function rights(user: string | undefined, paths: readonly string[], writable: readonly string[]): string {
  if (user === undefined) return '';
  const read = paths.join(t` and `) || t`the logs`;
  if (writable.length === 0) return t`The user ${user} must exist, and be allowed to read ${read}.\n`;
  return t`The user ${user} must exist, and be allowed to read ${read}, and to write to ${writable.join(t` and `)}.\n`;
}

function lines(commands: readonly (readonly string[])[]): string {
  return commands.map((words) => `  ${typed(LINUX, words)}`).join('\n');
}

function unitFile(name: string): string {
  return `/etc/systemd/system/${name}`;
}

/** As `systemd.unit(5)` has it, and blanks for the hyphens that it wants in their place. */
function serviceName(task = 'ccelog watch'): string {
  const name = `${task
    .trim()
    .replace(/ +/g, '-')
    .replace(/\.service$/, '')}.service`;
  if (/^[A-Za-z0-9_][A-Za-z0-9_.:-]{0,240}\.service$/.test(name)) return name;
  throw new CcelogError('BAD_USAGE', t`--task-name is no name of a service`, {
    why: t`found "${task}"`,
    try: '--task-name ccelog-watch',
  });
}
