import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { windowsArguments } from '../../src/watch/install/windows-arguments.js';
import { taskDefinition, taskFile, taskUser, type WindowsTask } from '../../src/watch/install/windows-task.js';
import { type Element, parseXml, textAt, windowsArgumentsOf } from './watch-install-decoders.js';
import { expectGolden } from './watch-install-kit.js';

const task: WindowsTask = {
  executable: 'C:\\Program Files\\nodejs\\node.exe',
  script: 'C:\\Program Files\\ccelog\\dist\\cli\\ccelog.js',
  args: ['watch', 'D:\\Logs & more\\', '--db', 'C:\\ProgramData\\ccelog\\ccelog.db'],
  user: taskUser(),
  workingFolder: 'C:\\Program Files\\nodejs',
  description: 'Follows logs',
};

const units = fc
  .array(
    fc.oneof(
      fc.constantFrom(...'\\\\\\"" \t%$&<>^|\'a;'),
      fc.integer({ min: 1, max: 0xd7ff }).map((code) => String.fromCharCode(code)),
    ),
  )
  .map((characters) => characters.join(''));

describe('arguments on Windows', () => {
  it.each([
    [['plain', 'C:\\no\\blanks\\'], 'plain C:\\no\\blanks\\'],
    [['C:\\with blanks\\a.log'], '"C:\\with blanks\\a.log"'],
    [['C:\\with blanks\\'], '"C:\\with blanks\\\\"'],
    [['a "b" c'], '"a \\"b\\" c"'],
    [['\\"'], '"\\\\\\""'],
    [['', 'x'], '"" x'],
    [['\\\\host\\share name\\\\'], '"\\\\host\\share name\\\\\\\\"'],
  ])('%j are written as %s', (args, line) => {
    expect(windowsArguments(args)).toBe(line);
    expect(windowsArgumentsOf(line)).toEqual(args);
  });

  it('are read back as they were, whatever is in them', () => {
    fc.assert(
      fc.property(fc.array(units), (args) => {
        expect(windowsArgumentsOf(windowsArguments(args))).toEqual(args);
      }),
      { numRuns: 5000 },
    );
  });
});

describe('the definition of a task', () => {
  it('is this one for SYSTEM', () => {
    expectGolden('watch-install-system.xml.golden', taskDefinition(task));
  });

  it('is this one for a user', () => {
    expectGolden('watch-install-user.xml.golden', taskDefinition({ ...task, user: taskUser('EXAMPLE\\svc-watch') }));
  });

  it('has the elements that the schema has, in its order', () => {
    for (const name of ['SYSTEM', 'LocalService', 'EXAMPLE\\svc'])
      checkElements(parseXml(taskDefinition({ ...task, user: taskUser(name) })));
  });

  it('keeps within the limits of the schema', () => {
    const settings = parseXml(taskDefinition(task)).children.find(({ name }) => name === 'Settings')!;
    // xs:unsignedByte from 1; PT1M to P31D; priorityType 0 to 10.
    expect(textAt(settings, 'RestartOnFailure', 'Count')).toBe('255');
    expect(textAt(settings, 'RestartOnFailure', 'Interval')).toBe('PT1M');
    expect(textAt(settings, 'Priority')).toBe('7');
    expect(textAt(settings, 'ExecutionTimeLimit')).toBe('PT0S');
  });

  it('starts at boot, and every five minutes what has ended', () => {
    const root = parseXml(taskDefinition(task));
    expect(textAt(root, 'Triggers', 'BootTrigger', 'Enabled')).toBe('true');
    expect(textAt(root, 'Triggers', 'TimeTrigger', 'Repetition', 'Interval')).toBe('PT5M');
    expect(textAt(root, 'Triggers', 'TimeTrigger', 'Repetition', 'Duration')).toBeUndefined();
    expect(textAt(root, 'Settings', 'MultipleInstancesPolicy')).toBe('IgnoreNew');
  });

  it('is read back as it was, whatever is in it', () => {
    const text = units.filter((value) => !/[\0-\x08\x0b\x0c\x0e-\x1f]/.test(value));
    fc.assert(
      fc.property(text, text, fc.array(text), text, text, (executable, script, args, workingFolder, description) => {
        const root = parseXml(taskDefinition({ ...task, executable, script, args, workingFolder, description }));
        checkElements(root);
        expect(textAt(root, 'RegistrationInfo', 'Description')).toBe(description);
        expect(textAt(root, 'Actions', 'Exec', 'Command')).toBe(executable);
        expect(textAt(root, 'Actions', 'Exec', 'WorkingDirectory')).toBe(workingFolder);
        expect(windowsArgumentsOf(textAt(root, 'Actions', 'Exec', 'Arguments') ?? '')).toEqual([script, ...args]);
      }),
      { numRuns: 1000 },
    );
  });

  it.each(['a\0b', 'a\x1bb', 'a\ud800', 'a\ufffe'])('refuses %j, which XML has no way to write', (text) => {
    expect(() => taskDefinition({ ...task, args: [text] })).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
  });

  it('is in a file as its declaration says', () => {
    const file = taskFile(taskDefinition(task));
    expect([...file.subarray(0, 4)]).toEqual([0xff, 0xfe, '<'.charCodeAt(0), 0]);
    expect(file.subarray(2).toString('utf16le')).toBe(taskDefinition(task));
  });
});

describe('the user of a task', () => {
  it.each([
    [undefined, 'S-1-5-18'],
    ['system', 'S-1-5-18'],
    ['NT AUTHORITY\\SYSTEM', 'S-1-5-18'],
    ['LocalSystem', 'S-1-5-18'],
    ['LocalService', 'S-1-5-19'],
    ['nt authority\\local service', 'S-1-5-19'],
    ['S-1-5-20', 'S-1-5-20'],
    ['NETWORK SERVICE', 'S-1-5-20'],
  ])('%s is built in, and has no password', (name, id) => {
    expect(taskUser(name)).toMatchObject({ id, hasPassword: false });
  });

  it.each([
    ['svc-watch', 'svc-watch'],
    ['EXAMPLE\\svc watch', 'EXAMPLE\\svc watch'],
    ['svc@example.test', 'svc@example.test'],
    ['.\\svc', 'HOST1\\svc'],
    ['Jürgen.Weiß', 'Jürgen.Weiß'],
  ])('%s is a name, of which Windows asks the password', (name, id) => {
    expect(taskUser(name, 'HOST1')).toEqual({ name: id, id, hasPassword: true });
  });

  it.each(['', ' ', 'a\\b\\c', 'a/b', 'a"b', 'a<b', '\\a', 'a\\', 'a\nb', ' a'])('%j is none', (name) => {
    expect(() => taskUser(name)).toThrow(expect.objectContaining({ code: 'BAD_USAGE' }));
  });
});

/** The published schema, as far as it is used: what may stand in an element, in what order. */
const SCHEMA: Record<string, readonly string[]> = {
  Task: ['RegistrationInfo', 'Triggers', 'Principals', 'Settings', 'Actions'],
  RegistrationInfo: ['Description'],
  Triggers: ['BootTrigger', 'TimeTrigger'],
  // triggerBaseType is a sequence, which the types derived from it extend at the end.
  BootTrigger: ['Enabled', 'StartBoundary', 'EndBoundary', 'Repetition', 'ExecutionTimeLimit', 'Delay'],
  TimeTrigger: ['Enabled', 'StartBoundary', 'EndBoundary', 'Repetition', 'ExecutionTimeLimit', 'RandomDelay'],
  Repetition: ['Interval', 'Duration', 'StopAtDurationEnd'],
  Principals: ['Principal'],
  Principal: ['UserId', 'LogonType', 'RunLevel'],
  // Any order is allowed here; this is the one that Windows exports.
  Settings: [
    ...['MultipleInstancesPolicy', 'DisallowStartIfOnBatteries', 'StopIfGoingOnBatteries', 'AllowHardTerminate'],
    ...['StartWhenAvailable', 'RunOnlyIfNetworkAvailable', 'IdleSettings', 'AllowStartOnDemand', 'Enabled', 'Hidden'],
    ...['RunOnlyIfIdle', 'WakeToRun', 'ExecutionTimeLimit', 'Priority', 'RestartOnFailure'],
  ],
  IdleSettings: ['StopOnIdleEnd', 'RestartOnIdle'],
  RestartOnFailure: ['Interval', 'Count'],
  Actions: ['Exec'],
  Exec: ['Command', 'Arguments', 'WorkingDirectory'],
};

function checkElements(root: Element): void {
  expect(root.attributes).toEqual({
    version: '1.2',
    xmlns: 'http://schemas.microsoft.com/windows/2004/02/mit/task',
  });
  const check = ({ name, children, text }: Element): void => {
    const allowed = SCHEMA[name] ?? [];
    const places = children.map((child) => allowed.indexOf(child.name));
    expect(places, `in ${name}: ${children.map((child) => child.name)}`).not.toContain(-1);
    expect(new Set(places).size, name).toBe(places.length);
    expect(places, name).toEqual([...places].sort((a, b) => a - b));
    if (children.length > 0) expect(text.trim(), name).toBe('');
    children.forEach(check);
  };
  check(root);
  expect(root.children.find(({ name }) => name === 'Actions')?.attributes).toEqual({ Context: 'Author' });
}
