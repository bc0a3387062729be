import type { PresetId } from '../../core/presets';
import { type MessageKey, t } from '../strings';

const words: Readonly<Record<PresetId, readonly [title: MessageKey, help: MessageKey]>> = {
  edges: ['preset_edges', 'preset_edges_help'],
  blurSharpen: ['preset_blurSharpen', 'preset_blurSharpen_help'],
  vgg: ['preset_vgg', 'preset_vgg_help'],
  generator: ['preset_generator', 'preset_generator_help'],
  discriminator: ['preset_discriminator', 'preset_discriminator_help'],
  upscaling: ['preset_upscaling', 'preset_upscaling_help'],
  unpooling: ['preset_unpooling', 'preset_unpooling_help'],
};

/** What a preset is called, and what one sees in it. */
export function presetWords(id: PresetId): { readonly title: string; readonly help: string } {
  const [title, help] = words[id];
  return { title: t(title), help: t(help) };
}
