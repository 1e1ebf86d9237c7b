/** The channels that the user named, and their way out of the store. */
import { CcelogError } from '../errors.js';
import type { Store } from '../store/index.js';
import { storeFailure } from '../store/store-error.js';
import { t } from '../texts/texts.js';
import type { Clock } from './clock.js';
import { commandChannel, webhookChannel } from './notify/channels.js';
import { nameOf } from './notify/command.js';
import { Dispatcher } from './notify/dispatcher.js';
import { missingProgram } from './notify/missing-program.js';
import type { AlertState } from './notify/outbox.js';
import { parseCommand } from './notify/parse-command.js';
import { parseWebhook } from './notify/webhook-address.js';
import { outboxIn } from './outbox-in-store.js';

export interface NotificationOptions {
  onIncident?: string;
  shell?: boolean;
  webhook?: string;
  /** Of ccelog. */
  version: string;
  clock: Clock;
  warn: (line: string) => void;
}

export interface Notifications {
  /** Names of the channels; none where nobody is to be told. */
  channels: readonly string[];
  /** Begins to deliver, once the store is there; what an earlier run left goes first. */
  begin(store: () => Store | null): void;
  wake(): void;
  counts(): { sent: number; failed: number; pending: number };
  stop(graceMs: number): Promise<void>;
}

/**
 * Throws BAD_USAGE for a command or an address that cannot be, and warns of a program that is not there: before anything
 * else is done, and not with the first incident.
 */
export function notifications(options: NotificationOptions): Notifications {
  const { onIncident, shell = false, webhook, version, clock, warn } = options;
  if (shell && onIncident === undefined)
    throw new CcelogError('BAD_USAGE', t`--shell has no command`, {
      why: t`it says how the command of --on-incident is read`,
      try: 'ccelog watch --on-incident <command> --shell',
    });
  const parsed = onIncident === undefined ? null : parseCommand(onIncident, { shell });
  // No error: it may be on a drive that comes later, and each event waits until it is there.
  const missing = parsed === null ? null : missingProgram(parsed);
  if (parsed !== null && missing !== null) warn(t`${nameOf(parsed)}: ${missing}; watching begins all the same`);
  const command = parsed === null ? null : commandChannel(parsed);
  let toldOf = (_: string | null): ReadonlyMap<string, AlertState> => new Map();
  const told = (appliance: string | null) => toldOf(appliance);
  const hook = webhook === undefined ? null : webhookChannel(parseWebhook(webhook), { version, told });
  const channels = [command, hook].filter((channel) => channel !== null);
  let dispatcher: Dispatcher | null = null;
  return {
    channels: channels.map(({ name }) => name),
    begin: (store) => {
      if (channels.length === 0 || store() === null) return;
      const inUse = () => {
        const open = store();
        if (open === null) throw storeFailure('STORE_UNUSABLE', '', t`it cannot be used just now`);
        return open;
      };
      toldOf = (appliance) => inUse().watching.outbox.toldOf('webhook', appliance) as Map<string, AlertState>;
      dispatcher ??= new Dispatcher({ outbox: outboxIn(inUse, clock), channels, clock, warn });
    },
    wake: () => dispatcher?.wake(),
    counts: () => {
      const states = dispatcher?.status() ?? [];
      return {
        sent: states.reduce((sum, { delivered }) => sum + delivered, 0),
        failed: states.reduce((sum, { failed }) => sum + failed, 0),
        pending: states.reduce((sum, { pending }) => sum + (pending ?? 0), 0),
      };
    },
    stop: async (graceMs) => dispatcher?.stop(graceMs),
  };
}
