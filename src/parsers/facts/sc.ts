/**
 * `sc query` and `sc qc`: blocks that begin with the name of a service. Labels are translated in some languages; the names
 * of states and start types never are.
 */
import type { TextLine } from '../text-line.js';
import { type Found, found, MAX_LINE, MAX_LINES, type OutputReader } from './found.js';

const NAME = /^([A-Z]{2,20}(?:_[A-Z]{2,20}){1,3})\s?: (\S{1,256})\s*$/;
const DISPLAY = /^(?:DISPLAY_NAME|NOMBRE_MOSTRAR|[A-Z]{2,20}(?:_[A-Z]{2,20}){1,3})\s?: (\S.{0,300}?)\s*$/;
const STATE = /: [1-7] {1,4}(STOPPED|START_PENDING|STOP_PENDING|RUNNING|CONTINUE_PENDING|PAUSE_PENDING|PAUSED)\b/;
const START = /: [0-4] {1,6}(AUTO_START|DEMAND_START|DISABLED|BOOT_START|SYSTEM_START)\b/;
const PATH = /^\s{4,}[A-Z_]{4,40}\s{0,20}: ("?(?:[A-Za-z]:\\|\\SystemRoot\\|system32\\).{1,600}?)\s*$/i;
const ACCOUNT = /^\s{4,}(?:SERVICE_START_NAME|NOMBRE_INICIO_SERVICIO)\s{0,20}: (\S.{0,200}?)\s*$/;

const STATES: Record<string, string> = {
  STOPPED: 'Stopped',
  START_PENDING: 'StartPending',
  STOP_PENDING: 'StopPending',
  RUNNING: 'Running',
  CONTINUE_PENDING: 'ContinuePending',
  PAUSE_PENDING: 'PausePending',
  PAUSED: 'Paused',
};
const START_MODES: Record<string, string> = {
  ...{ AUTO_START: 'Auto', DEMAND_START: 'Manual', DISABLED: 'Disabled', BOOT_START: 'Boot', SYSTEM_START: 'System' },
};

export class ScReader implements OutputReader {
  #values: Record<string, string> = {};
  #lines: TextLine[] = [];

  push(line: TextLine): Found[] {
    const { text } = line;
    if (!/\S/.test(text) || text.length > MAX_LINE) return this.end();
    const isOpen = this.#lines.length > 0;
    if (/^\S/.test(text)) {
      const display = isOpen && this.#lines.length === 1 ? DISPLAY.exec(text)?.[1] : undefined;
      if (display !== undefined && !/^SERVICE_NAME/.test(text)) {
        this.#values['displayName'] = display;
        this.#lines.push(line);
        return [];
      }
      const done = this.end();
      const name = NAME.exec(text)?.[2];
      if (name !== undefined) {
        this.#values = { name };
        this.#lines = [line];
      }
      return done;
    }
    if (!isOpen) return [];
    this.#lines.push(line);
    this.#read(text);
    return this.#lines.length > MAX_LINES ? this.end() : [];
  }

  end(): Found[] {
    const [values, lines] = [this.#values, this.#lines];
    this.#values = {};
    this.#lines = [];
    const isService = values['status'] !== undefined || values['startMode'] !== undefined;
    return isService ? [{ ...found('service', values, lines), command: 'sc' }] : [];
  }

  #read(text: string): void {
    const state = STATE.exec(text)?.[1];
    const start = START.exec(text)?.[1];
    const path = PATH.exec(text)?.[1];
    const account = ACCOUNT.exec(text)?.[1];
    if (state !== undefined) this.#values['status'] = STATES[state]!;
    if (start !== undefined) this.#values['startMode'] = START_MODES[start]!;
    if (path !== undefined) this.#values['path'] ??= path;
    if (account !== undefined) this.#values['account'] = account;
    // In `sc qc` the display name stands among the rest.
    const display = /^\s{4,}(?:DISPLAY_NAME|NOMBRE_MOSTRAR)\s{0,20}: (\S.{0,300}?)\s*$/.exec(text)?.[1];
    if (display !== undefined) this.#values['displayName'] = display;
  }
}
