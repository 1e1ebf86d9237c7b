/** Ids are derived from content: the same logs give the same ids on every machine. */
import { hash } from 'node:crypto';

/** The bytes at the start of a log that name its stream. */
export const HEAD_BYTES = 256;

/** `e` and 12 hex digits for one hit. */
export function evidenceId(streamKey: string, byteStart: number, signature: string): string {
  return `e${hash('sha256', `${streamKey}\n${byteStart}\n${signature}`).slice(0, 12)}`;
}

/** `r` and 12 hex digits for a record that proves a failure over. */
export function recoveryId(streamKey: string, byteStart: number, signature: string): string {
  return `r${hash('sha256', `${streamKey}\n${byteStart}\n${signature}`).slice(0, 12)}`;
}

/** 12 hex digits for the incident that a hit starts; `attempt` finds another when that id is taken. */
export function incidentId(fingerprint: string, firstEvidence: string, attempt = 1): string {
  const text = `${fingerprint}\n${firstEvidence}${attempt === 1 ? '' : `\n${attempt}`}`;
  return hash('sha256', text).slice(0, 12);
}

/** SHA-256 of a log's first bytes. */
export function headDigest(head: Uint8Array): Buffer {
  return hash('sha256', head, 'buffer');
}
