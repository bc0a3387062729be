import { type Settings, settingChoices } from '../store/settings';
import type { Keeper } from '../ui/chains/keeper';
import { mappingKeys } from '../ui/controls/DisplayControls';
import { Button, Segmented, Select } from '../ui/parts';
import { type MessageKey, plural, t } from '../ui/strings';

const compareKeys = {
  auto: 'compareAuto',
  side: 'sideBySide',
  split: 'split',
  blink: 'blink',
  difference: 'difference',
} as const satisfies Record<Settings['compare'], MessageKey>;
const themeKeys = {
  system: 'themeSystem',
  light: 'themeLight',
  dark: 'themeDark',
} as const satisfies Record<Settings['theme'], MessageKey>;

/** What every page starts with, its colours, and the hints. */
export function Appearance({ keeper }: { keeper: Keeper }) {
  const { mapping, compare, theme, hintsSeen } = keeper.settings.value;
  return (
    <section aria-labelledby="look-heading">
      <h2 id="look-heading">{t('lookHeading')}</h2>
      <div class="fields">
        <label for="mapping">{t('showValuesAs')}</label>
        <Select
          id="mapping"
          options={settingChoices.mapping.map((value) => ({ value, label: t(mappingKeys[value]) }))}
          value={mapping}
          onChange={(value) => {
            const chosen = settingChoices.mapping.find((other) => other === value);
            if (chosen) void keeper.set('mapping', chosen);
          }}
        />
        <span>{t('compare')}</span>
        <Segmented
          label={t('compare')}
          options={settingChoices.compare.map((value) => ({ value, label: t(compareKeys[value]) }))}
          value={compare}
          onChange={(value) => void keeper.set('compare', value)}
        />
        <span>{t('themeHeading')}</span>
        <Segmented
          label={t('themeHeading')}
          options={settingChoices.theme.map((value) => ({ value, label: t(themeKeys[value]) }))}
          value={theme}
          onChange={(value) => void keeper.set('theme', value)}
        />
        <span>{t('hints')}</span>
        <span class="row wrap">
          <Button look="line" disabled={hintsSeen.length === 0} onClick={() => void keeper.showHintsAgain()}>
            {t('hintsAgain')}
          </Button>
          <span class="dim" role="status">
            {hintsSeen.length === 0 ? t('hintsAll') : plural('hintsSeen', hintsSeen.length)}
          </span>
        </span>
      </div>
    </section>
  );
}
