import { quickScenes } from '../core/quick';
import { opOf, ops } from '../core/registry';
import type { SavedChain } from '../store/chains';
import { chainEntry, entryKind, opEntry } from '../store/settings';
import { inFamilies } from '../ui/controls/find';
import type { SelectGroup } from '../ui/parts';
import { familyTitle, opTitle, quickTitle, t } from '../ui/strings';

/** The name of an entry of the context menu; null when its chain is gone. */
export function entryTitle(entry: string, saved: readonly SavedChain[]): string | null {
  const known = entryKind(entry);
  if (known?.kind === 'op') return opTitle(opOf(known.name));
  if (known?.kind === 'chain') return saved.find(({ id }) => id === known.name)?.name ?? null;
  const quick = quickScenes.find(({ id }) => id === known?.name);
  return quick ? quickTitle(quick) : null;
}

/** What can still be added to the menu, in groups. */
export function addable(menu: readonly string[], saved: readonly SavedChain[]): SelectGroup[] {
  const groups: SelectGroup[] = [
    { group: t('entriesQuick'), options: quickScenes.map((quick) => ({ value: quick.id, label: quickTitle(quick) })) },
    { group: t('chainsSaved'), options: saved.map(({ id, name }) => ({ value: chainEntry(id), label: name })) },
    ...inFamilies(Object.values(ops)).map(({ family, members }) => ({
      group: familyTitle(family),
      options: members.map((op) => ({ value: opEntry(op.name), label: opTitle(op) })),
    })),
  ];
  return groups
    .map(({ group, options }) => ({ group, options: options.filter(({ value }) => !menu.includes(value)) }))
    .filter(({ options }) => options.length > 0);
}

/** The list with one entry at another place. */
export function moved<T>(list: readonly T[], from: number, to: number): T[] {
  const rest = list.filter((_, i) => i !== from);
  const place = Math.min(rest.length, Math.max(0, to));
  return [...rest.slice(0, place), ...list.slice(from, from + 1), ...rest.slice(place)];
}
