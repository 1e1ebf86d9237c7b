/** The channels that the user named, and their way out of the store. */
import type { Store } from '../store/index.js';
import { storeFailure } from '../store/store-error.js';
import type { Clock } from './clock.js';
import { commandChannel, webhookChannel } from './notify/channels.js';
import { Dispatcher } from './notify/dispatcher.js';
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

/** Throws BAD_USAGE for a command or an address that cannot be. */
export function notifications(options: NotificationOptions): Notifications {
  const { onIncident, shell = false, webhook, version, clock, warn } = options;
  const command = onIncident === undefined ? null : commandChannel(parseCommand(onIncident, { shell }));
  const hook = webhook === undefined ? null : webhookChannel(parseWebhook(webhook), { version, told: () => new Map() });
  const channels = [command, hook].filter((channel) => channel !== null);
  let dispatcher: Dispatcher | null = null;
  return {
    channels: channels.map(({ name }) => name),
    begin: (store) => {
      if (channels.length === 0 || store() === null) return;
      const inUse = () => {
        const open = store();
        if (open === null) throw storeFailure('STORE_UNUSABLE', '', 'it cannot be used just now');
        return open;
      };
      dispatcher ??= new Dispatcher({ outbox: outboxIn(inUse), channels, clock, warn });
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
