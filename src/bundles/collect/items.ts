/** What can be gathered, as data: a new thing is one more entry in file-items.ts, command-items.ts or questions.ts. */

/** Where files are looked for. */
export type PlaceName = 'ProgramFiles' | 'ProgramData' | 'UserProfile' | 'ApplianceRoot' | 'SiteRoot';

interface Gathered {
  /** Stays the same; the manifest names it. */
  id: string;
  /** What of the analysis it serves. */
  why: string;
}

/** Files of a folder by the patterns of their names: `*` and `?`, in either case. */
export interface FileItem extends Gathered {
  kind: 'file';
  place: PlaceName;
  /** The way to the folder from there. */
  folder: readonly string[];
  names: readonly string[];
  /** How many levels of folders below it are searched too. */
  depth: number;
  /** `log` and `config` are texts, and masked; of logs there may be many bytes. A certificate is copied as it is. */
  holds: 'log' | 'config' | 'certificate';
  /** Folder of the zip. */
  member: string;
}

/** The names, sizes and times of what is in a place, and nothing of what is in the files. */
export interface ListingItem extends Gathered {
  kind: 'listing';
  place: PlaceName;
  folder: readonly string[];
  depth: number;
  member: string;
}

interface Command extends Gathered {
  kind: 'command';
  /** File of the zip. */
  member: string;
  limitSeconds: number;
}

/** A program of Windows, by its name, without a shell. */
export interface ProgramItem extends Command {
  program: string;
  args: readonly string[];
  /** The code that it ends with where what it was asked for is not there. */
  absentCode?: number;
}

/** A fixed line of PowerShell. Nothing is ever put into it. */
export interface PowerShellItem extends Command {
  program: 'powershell';
  /** The command that must exist for it. */
  needs: string;
  /** Without double quotes: they would not survive every command line. */
  script: string;
  /** The place whose folder it answers with. */
  answers?: PlaceName;
}

export type CommandItem = ProgramItem | PowerShellItem;

/** What only somebody with credentials can ask, and where the answer belongs. */
export interface Question extends Gathered {
  where: string;
  command: string;
  /** File of the bundle to put the answer in; `<vm>` stands for the name of the VM. */
  member: string;
}

export function isPowerShell(item: CommandItem): item is PowerShellItem {
  return item.program === 'powershell';
}
