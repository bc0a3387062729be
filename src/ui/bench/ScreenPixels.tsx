import { Message, type MessageAction } from '../parts';
import { formatSize, t } from '../strings';
import type { Bench } from './state';

/** Says that a site kept its picture to itself, and where it can be allowed. The panel itself may not ask: a page could trick a click out of it. */
export function ScreenPixels({ bench, action }: { bench: Bench; action?: MessageAction }) {
  const provenance = bench.picture.value?.provenance;
  const size = bench.inputSize.value;
  if (provenance?.how !== 'screen' || !size) return null;
  const said = t('siteKeeps', formatSize(size.width, size.height));
  if (!provenance.blockedOrigin || action) return <Message kind="note" text={said} action={action} />;
  return <Message kind="note" text={t('siteKeepsAllow', said, t('allowPictures'))} />;
}
