/**
 * Whose fault a failed delivery is, for that decides what happens to the others behind it. `receiver`: nothing can get
 * through now, such as for want of a network. `notification`: the receiver wants this one not, and may want others.
 * `either`: it cannot be told, such as from the exit code of a command.
 */
export type Blame = 'receiver' | 'either' | 'notification';

export interface DeliveryFailure {
  blame: Blame;
  /** The receiver may know it all the same: what it was told last is then uncertain. */
  mayHaveArrived: boolean;
}

/** A notification that was not delivered. The message is one line, printable, and without secrets. */
export class DeliveryError extends Error implements DeliveryFailure {
  readonly blame: Blame;
  readonly mayHaveArrived: boolean;

  constructor(message: string, { blame, mayHaveArrived }: DeliveryFailure) {
    super(message);
    this.name = 'DeliveryError';
    this.blame = blame;
    this.mayHaveArrived = mayHaveArrived;
  }
}
