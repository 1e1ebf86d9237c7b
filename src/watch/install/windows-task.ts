/**
 * The definition of a scheduled task, as `schtasks /create /xml` reads it.
 *
 * Elements and their order are those of the published schema
 * (https://learn.microsoft.com/en-us/windows/win32/taskschd/task-scheduler-schema and [MS-TSCH] 2.5). Version 1.2 is that
 * of Windows Server 2008; every later one reads it.
 */
import { CcelogError } from '../../errors.js';
import { t } from '../../texts/texts.js';
import { windowsArguments } from './windows-arguments.js';

export interface WindowsTask {
  executable: string;
  script: string;
  args: readonly string[];
  user: TaskUser;
  workingFolder: string;
  description: string;
}

export interface TaskUser {
  /** As people call it. */
  name: string;
  /** As the definition names it: the identifier of a built-in account, which is the same in every language. */
  id: string;
  /** Windows asks for its password and keeps it. Built-in accounts have none. */
  hasPassword: boolean;
}

const BUILT_IN: readonly { name: string; id: string; spelling: RegExp }[] = [
  { name: 'SYSTEM', id: 'S-1-5-18', spelling: /^(?:nt authority\\)?(?:local ?)?system$/i },
  { name: 'LocalService', id: 'S-1-5-19', spelling: /^(?:nt authority\\)?local ?service$/i },
  { name: 'NetworkService', id: 'S-1-5-20', spelling: /^(?:nt authority\\)?network ?service$/i },
];

/** The account of a name; SYSTEM where none is given. Throws BAD_USAGE. */
export function taskUser(name = 'SYSTEM', computer = ''): TaskUser {
  const builtIn = BUILT_IN.find(({ id, spelling }) => name.toUpperCase() === id || spelling.test(name));
  if (builtIn) return { name: builtIn.name, id: builtIn.id, hasPassword: false };
  // What Windows does not allow in names of users, but for the separators: DOMAIN\user, user@domain.
  if (!/^[^\0-\x1f"/[\]:;|=,+*?<>\\]+(?:\\[^\0-\x1f"/[\]:;|=,+*?<>\\@]+)?$/.test(name) || name.trim() !== name)
    throw new CcelogError('BAD_USAGE', t`--user is no name of a user`, {
      why: t`found "${name}"`,
      try: t`--user "DOMAIN\\name", or SYSTEM, LocalService or NetworkService`,
    });
  const full = computer === '' ? name : name.replace(/^\.(?=\\)/, () => computer);
  return { name: full, id: full, hasPassword: true };
}

/** The definition as text, and nothing in it is read as markup. Throws BAD_USAGE where a text cannot be written in it. */
export function taskDefinition({ executable, script, args, user, workingFolder, description }: WindowsTask): string {
  return `<?xml version="1.0" encoding="UTF-16"?>
<Task version="1.2" xmlns="http://schemas.microsoft.com/windows/2004/02/mit/task">
  <RegistrationInfo>
    <Description>${escaped(description)}</Description>
  </RegistrationInfo>
  <Triggers>
    <BootTrigger>
      <Enabled>true</Enabled>
      <Delay>PT30S</Delay>
    </BootTrigger>
    <TimeTrigger>
      <StartBoundary>2000-01-01T00:00:00</StartBoundary>
      <Repetition>
        <Interval>PT5M</Interval>
        <StopAtDurationEnd>false</StopAtDurationEnd>
      </Repetition>
    </TimeTrigger>
  </Triggers>
  <Principals>
    <Principal id="Author">
      <UserId>${escaped(user.id)}</UserId>${user.hasPassword ? LOGON_WITH_PASSWORD : ''}
      <RunLevel>${user.id === BUILT_IN[0]?.id ? 'HighestAvailable' : 'LeastPrivilege'}</RunLevel>
    </Principal>
  </Principals>
${SETTINGS}
  <Actions Context="Author">
    <Exec>
      <Command>${escaped(executable)}</Command>
      <Arguments>${escaped(windowsArguments([script, ...args]))}</Arguments>
      <WorkingDirectory>${escaped(workingFolder)}</WorkingDirectory>
    </Exec>
  </Actions>
</Task>
`;
}

/**
 * S4U, the other way to run while nobody is logged on, keeps no password and outlives its change. But who installs a task
 * for another user must know that password all the same ([MS-TSCH], on permissions to add a task), `schtasks` documents only
 * /ru and /rp beside /xml, and S4U reaches no share and no proxy in the user's name. So where no password shall be kept, a built-in account is
 * the choice; a named user is for what only that user may read.
 */
const LOGON_WITH_PASSWORD = '\n      <LogonType>Password</LogonType>';

/**
 * RestartOnFailure is for a task that could not be started ([MS-TSCH] 2.5.4.2), at most 255 times: more is no unsignedByte of
 * the schema, though many definitions say 999. A program that ended with an error has been started, so that the
 * second trigger above is what brings it back: every five minutes, and IgnoreNew makes that nothing while it runs.
 * No limit of time (PT0S), no battery and no end of idleness ends it.
 */
const SETTINGS = `  <Settings>
    <MultipleInstancesPolicy>IgnoreNew</MultipleInstancesPolicy>
    <DisallowStartIfOnBatteries>false</DisallowStartIfOnBatteries>
    <StopIfGoingOnBatteries>false</StopIfGoingOnBatteries>
    <AllowHardTerminate>true</AllowHardTerminate>
    <StartWhenAvailable>true</StartWhenAvailable>
    <RunOnlyIfNetworkAvailable>false</RunOnlyIfNetworkAvailable>
    <IdleSettings>
      <StopOnIdleEnd>false</StopOnIdleEnd>
      <RestartOnIdle>false</RestartOnIdle>
    </IdleSettings>
    <AllowStartOnDemand>true</AllowStartOnDemand>
    <Enabled>true</Enabled>
    <Hidden>false</Hidden>
    <RunOnlyIfIdle>false</RunOnlyIfIdle>
    <WakeToRun>false</WakeToRun>
    <ExecutionTimeLimit>PT0S</ExecutionTimeLimit>
    <Priority>7</Priority>
    <RestartOnFailure>
      <Interval>PT1M</Interval>
      <Count>255</Count>
    </RestartOnFailure>
  </Settings>`;

/** The bytes of the file: schtasks reads what the declaration says, and refuses UTF-8 that calls itself UTF-16. */
export function taskFile(definition: string): Buffer {
  return Buffer.from(`\ufeff${definition}`, 'utf16le');
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

function escaped(text: string): string {
  // XML has no way to write these, not as a reference either.
  if (!text.isWellFormed() || /[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/.test(text))
    throw new CcelogError('BAD_USAGE', t`a scheduled task cannot hold this text`, {
      why: t`there is a control character or half a character in ${JSON.stringify(text)}`,
      try: t`give the file or folder a plain name`,
    });
  // Line breaks and tabs would otherwise be read as other blanks.
  return text.replace(/[&<>"\t\n\r]/g, (character) => ENTITIES[character] ?? `&#${character.charCodeAt(0)};`);
}
