/** Messages from where they are made to where they are taken, in order. */
export class MessageQueue<T> {
  readonly #messages: T[] = [];
  readonly #onTaken: () => void;
  #wake: (() => void) | null = null;
  #ended = false;
  #error: unknown = null;

  /** @param onTaken is told of every message that was taken */
  constructor(onTaken: () => void) {
    this.#onTaken = onTaken;
  }

  push(message: T): void {
    this.#messages.push(message);
    this.#wake?.();
  }

  /** No more will come; with an error, whoever takes them gets it. */
  end(error: unknown = null): void {
    this.#ended = true;
    this.#error = error;
    this.#wake?.();
  }

  async *take(): AsyncGenerator<T, void> {
    while (true) {
      const message = this.#messages.shift();
      if (message !== undefined) {
        this.#onTaken();
        yield message;
      } else if (this.#ended) {
        if (this.#error !== null) throw this.#error;
        return;
      } else {
        await new Promise<void>((resolve) => {
          this.#wake = resolve;
        });
        this.#wake = null;
      }
    }
  }
}
