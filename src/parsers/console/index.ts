/** Records of PowerShell consoles: pastes, redirected output and transcripts. */

export type { ConsoleRecord } from './build.js';
export { isPrompt } from './lines.js';
export { ConsoleRecords } from './records.js';
export { looksLikeConsole } from './sniff.js';
export { readTranscriptHeader, TRANSCRIPT_HEADER_LINES } from './transcript.js';
