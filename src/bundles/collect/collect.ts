/**
 * Gathers a bundle on a host: what the lists of entries name, and a manifest of what became of each. It only reads, and of
 * the service's files holds one open at a time, shared.
 */
import { CcelogError } from '../../errors.js';
import { kept, t } from '../../texts/texts.js';
import { addAnswer, addFile, addListing, type Gathering } from './add.js';
import { COMMAND_ITEMS, DIRECTORY_ITEMS } from './command-items.js';
import type { CollectHost } from './host.js';
import { type CommandItem, isPowerShell } from './items.js';
import { type Manifest, manifestOf, missing } from './manifest.js';
import { type FilePlan, isEmpty, planFiles, withAnswer } from './plan.js';
import { type Answer, missingPowerShell, notRun, runItem } from './run-item.js';
import { ZipWriter } from './zip-writer.js';

export interface CollectOptions {
  /** The zip, which does not exist yet. */
  path: string;
  /** How many bytes of logs it may hold, before compression. */
  logBytes: number;
  toolVersion: string;
  signal: AbortSignal;
  /** Is told what is being gathered. */
  onProgress?: (what: string) => void;
}

/** Bytes of logs that are gathered where nothing else is said: some years of a host that logs its failures. */
export const DEFAULT_LOG_BYTES = 4 * 2 ** 30;

/**
 * Gathers all of it. Throws NOTHING_READABLE where this is no host of the product, and what the file system says where the
 * zip cannot be written: nothing is left of it then.
 */
export async function collect(given: CollectHost, options: CollectOptions): Promise<Manifest> {
  const begun = given.now();
  const asked = await askForFolders(given, options);
  const plan = planFiles(asked.host, options.logBytes);
  refuseOtherHosts(plan, asked);
  const zip = new ZipWriter(options.path);
  try {
    return await gather(
      plan,
      asked,
      { zip, items: [], begun, logBytes: options.logBytes, signal: options.signal },
      options,
    );
  } catch (error) {
    await zip.discard();
    throw error;
  }
}

async function gather(plan: FilePlan, asked: Asked, gathering: Gathering, options: CollectOptions): Promise<Manifest> {
  const { host, answers, shell } = asked;
  const { zip, items, begun } = gathering;
  const next = (what: string) => {
    options.signal.throwIfAborted();
    options.onProgress?.(what);
  };
  for (const { item, source } of plan.absent) items.push(missing(item, source, 'absent', kept`no such file or folder`));
  for (const file of plan.files) {
    next(file.found.path);
    await addFile(file, gathering);
  }
  for (const listing of plan.listings) await addListing(listing, gathering);
  if (shell?.state === 'failed')
    items.push(missing({ id: 'powershell', kind: 'command' }, 'powershell', 'failed', shell.reason));
  for (const { item, answer } of answers) await addAnswer(item, answer, gathering);
  for (const item of COMMAND_ITEMS) {
    next(item.id);
    const isVain = shell !== null && isPowerShell(item);
    await addAnswer(item, isVain ? notRun(shell.reason) : await runItem(item, host, options.signal), gathering);
  }
  options.signal.throwIfAborted();
  const manifest = manifestOf(host, items, begun, options.toolVersion);
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  await zip.add('manifest.json', [text], begun, text.length);
  await zip.end();
  return manifest;
}

/** The error where nothing of the product is there. */
export function notThisHost(host: CollectHost): CcelogError {
  const isCopy = host.root !== null;
  return new CcelogError('NOTHING_READABLE', t`nothing of Cloud Connector was found here`, {
    ...(host.root === null ? {} : { file: host.root }),
    why: isCopy
      ? t`the folder has neither its logs nor its configuration below Program Files, ProgramData and Users`
      : t`neither its logs nor its configuration are in their documented folders, nor do its commands name others`,
    try: isCopy
      ? t`name the folder that has Program Files and ProgramData in it`
      : t`run it on the host of the appliance, or name a copy of its disk with --root <folder>`,
  });
}

interface Asked {
  /** With the folders that the product itself named. */
  host: CollectHost;
  answers: { item: CommandItem; answer: Answer }[];
  /** Why PowerShell is not used; null where it is. */
  shell: Awaited<ReturnType<typeof missingPowerShell>>;
}

async function askForFolders(given: CollectHost, { signal, onProgress }: CollectOptions): Promise<Asked> {
  onProgress?.(t`the folders of the appliance`);
  const shell = await missingPowerShell(given, signal);
  let host = given;
  const answers: Asked['answers'] = [];
  for (const item of DIRECTORY_ITEMS) {
    signal.throwIfAborted();
    const answer = shell === null ? await runItem(item, host, signal) : notRun(shell.reason);
    answers.push({ item, answer });
    if (answer.state !== 'gathered' || item.answers === undefined || answer.firstLine === '') continue;
    const known = withAnswer(host, item.answers, answer.firstLine);
    if (typeof known === 'string') answer.reason = known;
    else host = known;
  }
  signal.throwIfAborted();
  return { host, answers, shell };
}

/** The product's own commands are there where it is, wherever its files are. */
function refuseOtherHosts(plan: FilePlan, { host, answers }: Asked): void {
  const isKnown = answers.some(({ answer: { state } }) => state === 'gathered' || state === 'failed');
  if (isEmpty(plan) && !isKnown) throw notThisHost(host);
}
