import { number, t } from '../strings';
import { Pick } from './Pick';

export interface ChannelPagesProps {
  readonly channels: number;
  readonly atOnce: number;
  readonly page: number;
  onPage(page: number): void;
}

/** Which of many channels are shown; nothing where all of them are. */
export function ChannelPages({ channels, atOnce, page, onPage }: ChannelPagesProps) {
  if (channels <= atOnce) return null;
  const pages = Math.ceil(channels / atOnce);
  return (
    <Pick
      label={t('plotChannels')}
      value={String(Math.min(page, pages - 1))}
      options={Array.from({ length: pages }, (_, i) => ({
        value: String(i),
        label: t('plotChannelsFrom', number(i * atOnce + 1), number(Math.min(channels, (i + 1) * atOnce)), number(channels)),
      }))}
      onChange={(value) => onPage(Number(value))}
    />
  );
}
