/** The ways that notifications take. */
import { t } from '../../texts/texts.js';
import { statesAfter } from './alert-state.js';
import { runCommand } from './command.js';
import { DeliveryError } from './delivery-error.js';
import { messageOf } from './foreign-text.js';
import type { AlertState, ChannelName, Delivery } from './outbox.js';
import type { Command } from './parse-command.js';
import { payloadOf } from './payload.js';
import { deliveryKey, postWebhook } from './webhook.js';
import type { Webhook } from './webhook-address.js';

export interface Channel {
  name: ChannelName;
  /** Delivers all of these or fails; gives what the receiver knows then. Is given what belongs into one go. */
  send(deliveries: readonly Delivery[], signal: AbortSignal): Promise<ReadonlyMap<string, AlertState>>;
}

export interface CommandChannelOptions {
  timeoutMs?: number;
}

/** Runs the command once for each event. */
export function commandChannel(command: Command, { timeoutMs }: CommandChannelOptions = {}): Channel {
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  return {
    name: 'command',
    async send(deliveries, signal) {
      for (const { event } of deliveries) await runCommand(command, event, { ...limit, signal });
      return statesAfter(deliveries);
    },
  };
}

export interface WebhookChannelOptions {
  /** Of ccelog. */
  version: string;
  /** What the receiver was last told of the alerts of an appliance; null: of those whose appliance is not known. */
  told(appliance: string | null): ReadonlyMap<string, AlertState>;
  timeoutMs?: number;
}

/** Posts the events of one appliance together. */
export function webhookChannel(webhook: Webhook, { version, told, timeoutMs }: WebhookChannelOptions): Channel {
  const limit = timeoutMs === undefined ? {} : { timeoutMs };
  return {
    name: 'webhook',
    async send(deliveries, signal) {
      const events = deliveries.map(({ event }) => event);
      const payload = payloadOf(events, toldOf(told, events[0]?.incident.appliance ?? null));
      await postWebhook(webhook, payload, { ...limit, version, key: deliveryKey(events, payload), signal });
      return statesAfter(deliveries);
    },
  };
}

/** A store that is in use for a moment is no fault of what is to be sent. */
function toldOf(told: WebhookChannelOptions['told'], appliance: string | null): ReadonlyMap<string, AlertState> {
  try {
    return told(appliance);
  } catch (error) {
    const why = t`webhook: the store cannot be used: ${messageOf(error)}`;
    throw new DeliveryError(why, { blame: 'receiver', mayHaveArrived: false });
  }
}
