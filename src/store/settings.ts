// What a person chose for good, each under a name of its own in the drawer. What cannot be read is as it was at first.

import { quickScenes } from '../core/quick';
import { ops } from '../core/registry';
import type { Mapping } from '../image/display';

export interface Settings {
  /** Entries of the context menu in their order: a quick scene's id, `op:` and an op's name, `chain:` and a saved chain's id. */
  readonly menu: readonly string[];
  /** How values are shown at first. */
  readonly mapping: Mapping;
  /** How pictures are compared at first; `auto` leaves it to the page. */
  readonly compare: 'auto' | 'side' | 'split' | 'blink' | 'difference';
  readonly theme: Theme;
  /** Hints that were put away for good. */
  readonly hintsSeen: readonly string[];
}
export type Theme = 'system' | 'light' | 'dark';

export const firstSettings: Settings = {
  menu: quickScenes.map(({ id }) => id),
  mapping: 'auto',
  compare: 'auto',
  theme: 'system',
  hintsSeen: [],
};

const prefix = 'setting:';
const hintPrefix = 'hint:';

/** Under which name a setting lies. */
export const settingName = (setting: Exclude<keyof Settings, 'hintsSeen'>): string => prefix + setting;
/** Whether a setting or a hint lies under a name. */
export const isSetting = (name: string): boolean => name.startsWith(prefix) || name.startsWith(hintPrefix);
export const hintName = (id: string): string => hintPrefix + id;

const choices = {
  mapping: ['auto', 'clamp', 'minmax', 'symmetric', 'abs'],
  compare: ['auto', 'side', 'split', 'blink', 'difference'],
  theme: ['system', 'light', 'dark'],
} as const satisfies { readonly [K in 'mapping' | 'compare' | 'theme']: readonly Settings[K][] };

export { choices as settingChoices };

type Kept = Readonly<Record<string, unknown>>;

const chosen = <T>(value: unknown, options: readonly T[], first: T): T => options.find((option) => option === value) ?? first;

/** The settings in a drawer. */
export function readSettings(kept: Kept): Settings {
  const menu = kept[settingName('menu')];
  return {
    menu: Array.isArray(menu) ? readMenu(menu) : firstSettings.menu,
    mapping: chosen(kept[settingName('mapping')], choices.mapping, firstSettings.mapping),
    compare: chosen(kept[settingName('compare')], choices.compare, firstSettings.compare),
    theme: chosen(kept[settingName('theme')], choices.theme, firstSettings.theme),
    hintsSeen: Object.keys(kept)
      .filter((name) => name.startsWith(hintPrefix) && kept[name] === true)
      .map((name) => name.slice(hintPrefix.length)),
  };
}

export const opEntry = (name: string): string => `op:${name}`;
export const chainEntry = (id: string): string => `chain:${id}`;

/** What an entry of the context menu stands for; null for what is none. */
export function entryKind(entry: string): { readonly kind: 'quick' | 'op' | 'chain'; readonly name: string } | null {
  if (quickScenes.some(({ id }) => id === entry)) return { kind: 'quick', name: entry };
  const [, kind, name] = /^(op|chain):([\w-]{1,64})$/.exec(entry) ?? [];
  if (name === undefined || (kind === 'op' && !Object.hasOwn(ops, name))) return null;
  return { kind: kind === 'op' ? 'op' : 'chain', name };
}

/** Known entries, each once. */
const readMenu = (menu: readonly unknown[]): string[] => [
  ...new Set(menu.filter((entry): entry is string => typeof entry === 'string' && entryKind(entry) !== null)),
];
