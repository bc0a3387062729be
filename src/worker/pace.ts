import { parse } from '../core/parse';
import { opOf } from '../core/registry';
import type { Scene } from '../core/scene';
import type { Shape } from '../core/tensor';
import { sizeOf } from '../core/tensor';
import { shapesOf } from '../core/weights';
import type { Engines, RanStep } from '../engines/index';

/** Work a millisecond before anything was measured: multiplications and values, of an ordinary laptop. */
const first: Readonly<Record<string, number>> = { simd: 1e6, reference: 5e4 };

/** How long a scene will take, from how long its ops took before. */
export class Pace {
  private readonly measured = new Map<string, number>();

  /** Milliseconds. `shapes`: of the input and of every step's output. */
  expected({ steps }: Scene, shapes: readonly Shape[], engines: Engines, exact: boolean): number {
    let ms = 0;
    for (const [i, step] of steps.entries()) {
      const x = shapes[i] ?? [];
      const engine = engines.choose(step, x, { exact }).engine.name;
      ms += workOf(step, x, shapes[i + 1] ?? []) / this.pace(`${step.op} ${engine}`, engine);
    }
    return ms;
  }

  /** Takes the times of a run into account. */
  learn({ steps }: Scene, shapes: readonly Shape[], ran: readonly RanStep[]): void {
    for (const [i, { op, engine, ms }] of ran.entries()) {
      const [step, alone] = [steps[i], ran[i + 1]?.ms !== null];
      if (!step || ms === null || !alone) continue;
      this.measured.set(`${op} ${engine}`, workOf(step, shapes[i] ?? [], shapes[i + 1] ?? []) / Math.max(ms, 0.05));
    }
  }

  private pace(key: string, engine: string): number {
    return this.measured.get(key) ?? first[engine] ?? 1e5;
  }
}

function workOf(step: Scene['steps'][number], x: Shape, y: Shape): number {
  const op = opOf(step.op);
  const params = parse(op.params, step.params, op.name);
  return op.cost(shapesOf(op, step, params, x), params).macs + sizeOf(x) + sizeOf(y);
}
