/** Posts payloads. Any answer of the 200s is a delivery; nothing else is, a redirect neither: the user names who is told. */
import { hash } from 'node:crypto';
import { kept, t, translated } from '../../texts/texts.js';
import type { WatchEvent } from '../event.js';
import { DeliveryError, type DeliveryFailure } from './delivery-error.js';
import { beginningOf, KEPT_BYTES } from './foreign-text.js';
import type { Payload } from './payload.js';
import { shownUrl, type Webhook, withoutAddress } from './webhook-address.js';

export interface PostOptions {
  /** Of ccelog, for the server to know who calls. */
  version: string;
  /** See `deliveryKey`. */
  key: string;
  timeoutMs?: number;
  signal?: AbortSignal;
}

/** The same for every try to deliver these events, in this state of their group, and different for anything else. */
export function deliveryKey(events: readonly WatchEvent[], { status }: Payload): string {
  return hash('sha256', JSON.stringify([status, ...events.map(({ id }) => id)])).slice(0, 32);
}

/** Posts it once. Rejects with a DeliveryError. */
export async function postWebhook(webhook: Webhook, payload: Payload, options: PostOptions): Promise<void> {
  const { version, key, timeoutMs = 10_000, signal } = options;
  const end = new AbortController();
  const stop = () => end.abort();
  const timer = setTimeout(stop, timeoutMs);
  signal?.addEventListener('abort', stop, { once: true });
  if (signal?.aborted) stop();
  const headers = new Headers({
    'Content-Type': 'application/json',
    'User-Agent': `ccelog/${version}`,
    'Idempotency-Key': key,
  });
  if (webhook.authorization !== null) headers.set('Authorization', webhook.authorization);
  const body = JSON.stringify(payload);
  try {
    const request: RequestInit = { method: 'POST', redirect: 'manual', headers, body, signal: end.signal };
    const response = await fetch(webhook.url, request);
    if (!response.ok) throw await refusal(webhook, response);
    // What it says beside is of no interest, and may have no end.
    await drop(response);
  } catch (error) {
    if (error instanceof DeliveryError) throw error;
    if (signal?.aborted) throw failure(webhook, t`stopped`, { blame: 'receiver', mayHaveArrived: true });
    const late = t`no answer within ${timeoutMs / 1000} s`;
    if (end.signal.aborted) throw failure(webhook, late, { blame: 'receiver', mayHaveArrived: true });
    throw unreachable(webhook, error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}

/** What an answer other than of the 200s means. */
async function refusal(webhook: Webhook, response: Response): Promise<DeliveryError> {
  const { status } = response;
  if (status >= 300 && status < 400) {
    await drop(response);
    const to = URL.parse(response.headers.get('Location') ?? '', webhook.url)?.origin;
    const where = to === undefined ? '' : to === shownUrl(webhook) ? t` to another path` : t` to ${to}`;
    const why = t`HTTP ${status}, a redirect${where}, which is not followed: name the final address`;
    return failure(webhook, why, { blame: 'receiver', mayHaveArrived: false });
  }
  const said = beginningOf(withoutAddress(await beginningOfBody(response), webhook));
  return failure(webhook, said === '' ? `HTTP ${status}` : `HTTP ${status}: ${said}`, {
    // 400, 413 and 422 are about what was sent. 500 may be: a receiver may stumble over one alert. The others are not.
    blame: [400, 413, 422].includes(status) ? 'notification' : status === 500 ? 'either' : 'receiver',
    mayHaveArrived: status >= 500 || status === 408,
  });
}

async function drop(response: Response): Promise<void> {
  // That it breaks off changes nothing in what was answered.
  await response.body?.cancel().catch(() => undefined);
}

/** As much of it as is kept; an answer that breaks off says what it said until then. */
async function beginningOfBody(response: Response): Promise<string> {
  const pieces: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const piece of response.body ?? []) {
      pieces.push(piece);
      length += piece.length;
      if (length >= KEPT_BYTES) break;
    }
  } catch {
    // The status is what counts.
  }
  return Buffer.concat(pieces).subarray(0, KEPT_BYTES).toString('utf8');
}

const REASONS: Record<string, string> = {
  ENOTFOUND: kept`unknown host`,
  EAI_AGAIN: kept`the name of the host cannot be looked up now`,
  ECONNREFUSED: kept`connection refused`,
  EHOSTUNREACH: kept`the host cannot be reached`,
  ENETUNREACH: kept`the network cannot be reached`,
  UND_ERR_CONNECT_TIMEOUT: kept`no connection in time`,
  ECONNRESET: kept`the connection was closed`,
  UND_ERR_SOCKET: kept`the connection was closed`,
};

/** Failures before a byte of the payload went out: of the name, the way, or the certificate. */
const BEFORE_SENDING =
  /^(?:ENOTFOUND|EAI_AGAIN|ECONNREFUSED|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|ERR_TLS_.*|CERT_.*|.*_CERT.*|UNABLE_TO_.*)$/;

/** What fetch could not do; the reason is in the cause of its error. */
function unreachable(webhook: Webhook, error: unknown): DeliveryError {
  const { cause } = error as { cause?: { code?: unknown; message?: unknown } };
  const code = typeof cause?.code === 'string' ? cause.code : '';
  const said = cause?.message ?? (error instanceof Error ? error.message : error);
  const known = REASONS[code];
  const why = known !== undefined ? translated(known) : beginningOf(withoutAddress(code || String(said), webhook));
  return failure(webhook, why, { blame: 'receiver', mayHaveArrived: !BEFORE_SENDING.test(code) });
}

function failure(webhook: Webhook, why: string, kind: DeliveryFailure): DeliveryError {
  return new DeliveryError(`webhook ${shownUrl(webhook)}: ${why}`, kind);
}
