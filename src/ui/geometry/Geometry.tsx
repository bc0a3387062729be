import type { Bench } from '../bench/state';
import { SchemePart } from './SchemePart';
import './geometry.css';

/** Where values come from: the scheme of the current step, what of the picture it reads, and how far the whole chain sees. */
export function Geometry({ bench }: { bench: Bench }) {
  return (
    <div class="geometry">
      <SchemePart bench={bench} />
    </div>
  );
}
