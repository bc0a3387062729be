import type { Bench } from '../bench/state';
import { CoveragePart } from './CoveragePart';
import { FieldPart } from './FieldPart';
import { SchemePart } from './SchemePart';
import './geometry.css';

/** Where values come from: the scheme of the current step, what of its input it reads, and how far the whole chain sees. */
export function Geometry({ bench }: { bench: Bench }) {
  return (
    <div class="geometry">
      <SchemePart bench={bench} />
      <div class="geometry-side">
        <CoveragePart bench={bench} />
        <FieldPart bench={bench} />
      </div>
    </div>
  );
}
