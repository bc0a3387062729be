import type { Tensor } from '../core/tensor';

/** A tensor that several tasks read. Its memory is given back when its owner let it go and the last task is through with it. */
export class Kept<T extends Tensor = Tensor<Float32Array>> {
  private users = 1;
  constructor(
    readonly tensor: T,
    private readonly release: (tensor: T) => void,
  ) {}

  /** The tensor stays at least as long as the work. */
  async during<R>(work: (tensor: T) => Promise<R>): Promise<R> {
    this.users += 1;
    try {
      return await work(this.tensor);
    } finally {
      this.letGo();
    }
  }

  /** Once for the owner. */
  letGo(): void {
    this.users -= 1;
    if (this.users === 0) this.release(this.tensor);
  }
}
