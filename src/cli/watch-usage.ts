/** Which options of `watch` go together. */
import { CcelogError } from '../errors.js';
import { t } from '../texts/texts.js';
import type { WatchCommandOptions } from './watch-options.js';

const INSTALLING = ['install', 'uninstall'] as const;
/** Options that say something of others, and of which. */
const BELONGING = [
  ['dryRun', '--dry-run', INSTALLING],
  ['taskName', '--task-name', INSTALLING],
  ['user', '--user', ['install']],
  ['force', '--force', ['install']],
] as const;

/** Refuses options that do not go together. Throws BAD_USAGE. */
export function checkUsage(options: WatchCommandOptions): void {
  const asked = (['status', 'install', 'uninstall'] as const).filter((name) => options[name]);
  if (asked.length > 1)
    throw new CcelogError('BAD_USAGE', t`${asked.map((name) => `--${name}`).join(t` and `)} do not go together`, {
      why: t`each is a command of its own`,
      try: t`run them one after the other`,
    });
  for (const [name, flag, owners] of BELONGING) {
    if (options[name] === undefined || owners.some((owner) => options[owner])) continue;
    const words = owners.map((owner) => `--${owner}`).join(t` or `);
    throw new CcelogError('BAD_USAGE', t`${flag} is for ${words} only`, {
      why: t`it would change nothing here`,
      try: t`leave it out, or give it with ${words}`,
    });
  }
}
