// How far the fast engine may be from the reference, op by op, with the reason. |error| ≤ atol + rtol · |expected|.
import type { Tolerance } from './engine';

type Reasoned = Tolerance & { readonly why: string };
export type Tolerances = Readonly<Record<string, { readonly forward: Reasoned; readonly backward?: Reasoned }>>;

const families = import.meta.glob<{ tolerances: Tolerances }>('./tolerances/*.ts', { eager: true });
export const tolerances: Tolerances = Object.assign({}, ...Object.values(families).map((family) => family.tolerances));
