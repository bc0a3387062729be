/** Asks one question at a time; while one is out only the latest of those that follow waits. An answer that failed is not told. */
export class Latest<Q, A> {
  #waiting: Q | null = null;
  #out = false;

  constructor(
    private readonly ask: (question: Q) => Promise<A>,
    private readonly tell: (answer: A, question: Q) => void,
  ) {}

  want(question: Q): void {
    this.#waiting = question;
    if (!this.#out) void this.#pump();
  }
  forget(): void {
    this.#waiting = null;
  }

  async #pump(): Promise<void> {
    this.#out = true;
    while (this.#waiting !== null) {
      const question = this.#waiting;
      this.#waiting = null;
      try {
        this.tell(await this.ask(question), question);
      } catch {
        // A lost worker is reported by the run that meets it; a result that has gone comes with its successor.
      }
    }
    this.#out = false;
  }
}
