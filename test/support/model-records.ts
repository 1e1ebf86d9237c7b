/** What the service of the model writes. */
import { EQUAL } from './model-truth.js';
import { healthy, keyError, logonFailure, minute, record, updateWarning } from './synthetic-log.js';

export interface ModelText {
  text: string;
  /** What tells its failures from others in the store; null where it is none. */
  name: string | null;
  isTimed: boolean;
  /** The failures in it, which are equal, and how many they are. */
  failure: string;
  count: number;
}

/** Longer than what the store knows a log by: of less that two logs have in common, nothing can be said. */
const long = (text: string) =>
  text.replace('\r\n', `\r\n   at ${'Microsoft.Rtc.CCE.ManagementService.'.repeat(8)}Run()\r\n`);

/** Its first line alone looks like a failure; what comes behind it says that it is none. */
const harmless = (time: string | null) =>
  record(
    'Error',
    'System.Security.Cryptography.CryptographicException: Key not valid for use in specified state.',
    time,
    '   at System.Security.Cryptography.X509Certificates.X509Certificate.ExportHelper()\r\n'.repeat(3),
  );

export class ModelRecords {
  #minutes = 0;
  #users = 0;

  /** The next record of a kind. */
  next(kind: string): ModelText {
    const isTimed = !/untimed|equal/.test(kind);
    // Times prove something only where a log tells more than one.
    const before = isTimed ? healthy(minute(++this.#minutes)) : '';
    const time = isTimed ? minute(++this.#minutes) : null;
    const [name, failure, count] = this.#failure(kind, time);
    return { text: before + failure.repeat(count), name, isTimed, failure, count };
  }

  #failure(kind: string, time: string | null): [name: string | null, text: string, count: number] {
    switch (kind) {
      case 'pair':
        return [time, long(keyError(time)), 2];
      case 'equal':
        return [EQUAL, long(updateWarning(null)), 1];
      case 'timed':
      case 'untimed': {
        const user = `user${String(++this.#users).padStart(3, '0')}@contoso.example`;
        return [user, logonFailure(time, user), 1];
      }
      case 'harmless':
        return [null, harmless(time), 1];
      default:
        return [null, record('Information', time === null ? 'No update is pending.' : 'Nothing to do.', time), 1];
    }
  }
}
