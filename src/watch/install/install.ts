/**
 * `ccelog watch --install` and `--uninstall`: from then on it follows the logs without anybody logged on. On Windows a
 * scheduled task is made; for systemd the unit is printed, and nothing is done: where units go and who may put them there
 * differs, and an administrator of Linux wants to see it first.
 */
import { CcelogError } from '../../errors.js';
import { t } from '../../texts/texts.js';
import type { Host } from './host.js';
import { installService, uninstallService } from './linux-install.js';
import type { Installed, InstallOptions } from './plan.js';
import { installTask, uninstallTask } from './windows-install.js';

export async function install(options: InstallOptions, host: Host): Promise<Installed> {
  if (host.platform === 'win32') return installTask(options, host);
  if (host.platform === 'linux') return installService(options, host);
  throw notHere(host);
}

export async function uninstall(options: Pick<InstallOptions, 'taskName' | 'dryRun'>, host: Host): Promise<Installed> {
  if (host.platform === 'win32') return uninstallTask(options, host);
  if (host.platform === 'linux') return uninstallService(options);
  throw notHere(host);
}

function notHere({ platform }: Host): CcelogError {
  return new CcelogError('NOT_AVAILABLE', t`ccelog cannot be installed as a service here`, {
    why: t`it knows scheduled tasks of Windows and systemd on Linux, and this is ${platform}`,
    try: t`run ccelog watch by what starts programs on this system`,
  });
}
