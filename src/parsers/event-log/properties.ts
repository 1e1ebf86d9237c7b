/** Names that Get-WinEvent and Get-EventLog give the values of an entry. They are the same in every language. */
import type { RawValues } from './entry.js';

/** The columns of Event Viewer by their place: its header is localised, and has no name for the last one. */
export const VIEWER_COLUMNS = ['LevelDisplayName', 'TimeCreated', 'ProviderName', 'Id', 'Task', 'Message'] as const;

/** Whether a property of this name begins an entry or tells that a text is a list of entries. */
export function isEventProperty(name: string): boolean {
  return PROPERTIES.has(name);
}

const PROPERTIES = new Set([
  ...['Message', 'Id', 'Version', 'Qualifiers', 'Level', 'Task', 'Opcode', 'Keywords', 'RecordId', 'ProviderName'],
  ...['ProviderId', 'LogName', 'ProcessId', 'ThreadId', 'MachineName', 'UserId', 'TimeCreated', 'ActivityId'],
  ...['RelatedActivityId', 'ContainerLog', 'MatchedQueryIds', 'Bookmark', 'LevelDisplayName', 'OpcodeDisplayName'],
  ...['TaskDisplayName', 'KeywordsDisplayNames', 'Properties', 'PSComputerName', 'RunspaceId', 'PSShowComputerName'],
  ...['Index', 'EntryType', 'InstanceId', 'Category', 'CategoryNumber', 'ReplacementStrings', 'Source', 'EventID'],
  ...['TimeGenerated', 'TimeWritten', 'UserName', 'Data', 'Site', 'Container'],
]);

/** Picks the values of an entry out of its properties. */
export function valuesOf(properties: ReadonlyMap<string, string>): RawValues {
  const pick = (...names: string[]) =>
    names.map((name) => properties.get(name) ?? '').find((value) => value !== '') ?? '';
  return {
    id: pick('Id', 'EventID') || fromInstance(pick('InstanceId')),
    level: pick('Level', 'LevelDisplayName', 'EntryType'),
    time: pick('TimeCreated', 'TimeGenerated'),
    provider: pick('ProviderName', 'Source'),
    computer: pick('MachineName', 'PSComputerName'),
    message: pick('Message'),
  };
}

/** The event id is the low half of an instance id; the high one holds severity and facility. */
function fromInstance(text: string): string {
  return /^\d{1,10}$/.test(text) ? String(Number(text) % 0x10000) : '';
}
