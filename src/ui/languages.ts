/** The languages of the interface, as `assets/_locales` names them. */
export const languages = ['ar', 'de', 'en', 'es', 'fr'] as const;
export type Language = (typeof languages)[number];

/** The first that there is a translation for: `pt-BR` is served by `pt_BR`, else by `pt`, else by another `pt`. */
export function languageFor(wanted: readonly string[]): Language | undefined {
  for (const tag of wanted) {
    const [main = ''] = tag.split('-');
    const found =
      languages.find((name) => name.replace('_', '-').toLowerCase() === tag.toLowerCase()) ??
      languages.find((name) => name === main) ??
      languages.find((name) => name.startsWith(`${main}_`));
    if (found) return found;
  }
  return undefined;
}

const fromRight: readonly string[] = ['ar', 'fa', 'he', 'ur'];
/** Lines of that language start on the right. */
export const isFromRight = (locale: string): boolean => fromRight.includes(locale.split('-')[0] ?? '');
