/** What would be gathered, without running a command or writing anything. */
import { kept } from '../../texts/texts.js';
import { COMMAND_ITEMS, DIRECTORY_ITEMS } from './command-items.js';
import type { CollectHost } from './host.js';
import { type Manifest, type ManifestItem, manifestOf, missing } from './manifest.js';
import { overLimit, planFiles } from './plan.js';
import { commandLine, OTHER_MACHINE } from './run-item.js';

/** In its rows `gathered` stands for what was found, or could be run. */
export function planCollect(host: CollectHost, options: { logBytes: number; toolVersion: string }): Manifest {
  const plan = planFiles(host, options.logBytes);
  const items: ManifestItem[] = plan.absent.map(({ item, source }) =>
    missing(item, source, 'absent', kept`no such file or folder`),
  );
  for (const { item, found, isLeftOut } of plan.files) {
    const state = found.state !== 'found' ? found.state : isLeftOut ? 'left-out' : 'gathered';
    const row = missing(item, found.path, state, found.reason ?? (isLeftOut ? overLimit(options.logBytes) : ''));
    const isIn = state === 'gathered';
    items.push({
      ...row,
      reason: isIn ? null : row.reason,
      member: isIn ? found.member : null,
      bytes: isIn ? found.bytes : null,
    });
  }
  for (const { item, folder, member } of plan.listings)
    items.push({ ...missing(item, folder, 'gathered', ''), reason: null, member });
  for (const item of [...DIRECTORY_ITEMS, ...COMMAND_ITEMS]) {
    const isThere = host.run !== null && host.findProgram(item.program) !== null;
    const reason = host.run === null ? OTHER_MACHINE : kept`there is no ${item.program} here`;
    items.push({
      ...missing(item, commandLine(item), isThere ? 'gathered' : 'not-run', reason),
      ...(isThere ? { reason: null, member: item.member } : {}),
    });
  }
  return manifestOf(host, items, host.now(), options.toolVersion);
}

/** Whether anything of the product was found. */
export function foundProduct({ items }: Manifest): boolean {
  return items.some(({ kind, state }) => kind !== 'command' && state !== 'absent');
}
