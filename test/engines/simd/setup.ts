import { ensureSimd } from '../../../scripts/simd.mjs';

/** Tests never run on binaries older than their sources. */
export const setup = (): Promise<void> => ensureSimd();
