import type { Match } from '../detectors/match.js';
import { fingerprint } from '../incidents/fingerprint.js';
import type { Signature } from '../model.js';
import { maskSecrets } from '../redaction/mask-secrets.js';

/** What is equal for all hits of one failure that name the same things. */
export interface Failure {
  fingerprint: string;
  /** Secrets masked. */
  entities: Readonly<Record<string, string>>;
}

/** Beyond this all is forgotten: memory must not grow with the log. */
const LIMIT = 1000;

/** A fault repeats thousands of times and names the same things each time: they are digested and masked once. */
export class SameFailures {
  readonly #signatures: ReadonlyMap<string, Signature>;
  readonly #known = new Map<string, Map<string, Failure>>();
  #count = 0;

  constructor(signatures: ReadonlyMap<string, Signature>) {
    this.#signatures = signatures;
  }

  of({ signature, entities, keys }: Match): Failure {
    let ofSignature = this.#known.get(signature);
    if (ofSignature === undefined) {
      ofSignature = new Map();
      this.#known.set(signature, ofSignature);
    }
    // Neither a name nor a captured value holds a NUL.
    let named = '';
    for (const name in entities) named += `${name}\0${entities[name]}\0${keys[name]}\0`;
    let failure = ofSignature.get(named);
    if (failure === undefined) {
      failure = this.#make(signature, entities, keys);
      if (++this.#count > LIMIT) this.#forget();
      ofSignature.set(named, failure);
    }
    return failure;
  }

  #make(signature: string, entities: Match['entities'], keys: Match['keys']): Failure {
    const groupBy = this.#signatures.get(signature)?.groupBy ?? [];
    return {
      fingerprint: fingerprint(signature, groupBy, keys),
      entities: Object.fromEntries(Object.entries(entities).map(([name, value]) => [name, maskSecrets(value)])),
    };
  }

  #forget(): void {
    for (const failures of this.#known.values()) failures.clear();
    this.#count = 1;
  }
}
