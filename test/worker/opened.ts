import type { Tensor } from '../../src/core/tensor';
import { LocalStudio } from '../../src/worker/studio';
import { plainWorkshop, type Workshop } from '../../src/worker/workshop';

/** A worker without a thread that has this picture open. */
export async function studioWith(x: Tensor<Float32Array>, workshop: Workshop = plainWorkshop()): Promise<LocalStudio> {
  const studio = new LocalStudio({
    decode: async () => ({ tensor: { shape: x.shape, data: x.data.slice() }, notes: [] }),
    workshop: Promise.resolve(workshop),
  });
  await studio.open(new Blob(['any']), {});
  return studio;
}
