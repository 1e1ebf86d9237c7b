/** A unit of systemd, as `systemd.service(5)`, `systemd.exec(5)` and `systemd.syntax(7)` describe it. */
import { CcelogError } from '../../errors.js';
import { t } from '../../texts/texts.js';

export interface SystemdService {
  executable: string;
  script: string;
  args: readonly string[];
  /** Root where none is given. */
  user: string | null;
  description: string;
  /** Folders that it writes to; they must exist. */
  writable: readonly string[];
  /** It writes to /var/lib/ccelog, which systemd makes and gives to the user. */
  keepsState: boolean;
  /** Something that it needs lies in /tmp or /var/tmp, which a service usually has of its own. */
  needsSharedTemporary: boolean;
}

/** The text of the unit. Throws BAD_USAGE where systemd has no way to write a name. */
export function systemdUnit(service: SystemdService): string {
  const { executable, script, args, user, description, writable, keepsState, needsSharedTemporary } = service;
  const command = [executableWord(executable), ...[script, ...args].map(argumentWord)].join(' ');
  return `[Unit]
Description=${plain(description).replaceAll('%', '%%')}
After=network.target

[Service]
Type=simple
ExecStart=${command}
${user === null ? '' : `User=${userName(user)}\n`}# However it ended, but by systemctl: one whose log (the journal) goes away ends well, and gets a new one.
Restart=always
RestartSec=5
# Interrupted, or ended by systemctl: that is no failure.
SuccessExitStatus=130 143
${keepsState ? 'StateDirectory=ccelog\nStateDirectoryMode=0750\n' : ''}# It reads; nothing but its store and its metrics is written. That binds a command of --on-incident too: for one that
# writes elsewhere, add a line for each of its folders: ReadWritePaths=/such/a/folder
ProtectSystem=strict
ProtectHome=read-only
${writable.map((folder) => `ReadWritePaths=${pathWord(folder)}\n`).join('')}PrivateTmp=${needsSharedTemporary ? 'no' : 'yes'}
NoNewPrivileges=yes
# It needs under 120 MB, for logs of any size. A limit, should you want one:
#MemoryMax=512M

[Install]
WantedBy=multi-user.target
`;
}

/** Letters of C within quotes; then % begins a specifier of systemd and $ a variable, unless doubled. */
function argumentWord(argument: string): string {
  if (!argument.isWellFormed()) throw notWritable(argument);
  return `"${escapedLetters(argument).replaceAll('%', '%%').replaceAll('$', '$$$$')}"`;
}

/** The program is no place for variables: a doubled $ would be two. Quotes and backslashes are refused there by systemd. */
function executableWord(path: string): string {
  if (/["'\\]/.test(path)) throw notWritable(path);
  return `"${plain(path).replaceAll('%', '%%')}"`;
}

/** Paths are read without the letters of C: a backslash only makes the next character stand for itself. */
function pathWord(path: string): string {
  return `"${plain(path).replace(/["\\]/g, '\\$&').replaceAll('%', '%%')}"`;
}

function escapedLetters(text: string): string {
  return text.replace(/["\\]/g, '\\$&').replace(/[\x01-\x1f\x7f]/g, (character) => {
    const code = character.charCodeAt(0);
    return code === 10 ? '\\n' : `\\x${code.toString(16).padStart(2, '0')}`;
  });
}

function plain(text: string): string {
  if (!text.isWellFormed() || /[\0-\x1f\x7f]/.test(text)) throw notWritable(text);
  return text;
}

function userName(name: string): string {
  // A domain may stand before or behind it.
  if (/^[\w][\w.\\@-]*\$?$/.test(name)) return name;
  throw new CcelogError('BAD_USAGE', t`--user is no name of a user`, { why: t`found "${name}"`, try: '--user ccelog' });
}

function notWritable(text: string): CcelogError {
  return new CcelogError('BAD_USAGE', t`a unit of systemd cannot hold this name`, {
    why: t`found ${JSON.stringify(text)}`,
    try: t`give the file or folder a plain name`,
  });
}
