import type { Plugin } from 'vite';

/** Messages that an op, a scene or the like may have and need not: pages ask whether they are there. */
const optional = /^(?:op|quick|kernel|fact)_/;

/** Leaves out of pages of the extension the English messages that the browser gives them anyway. */
export function spoken(): Plugin {
  return {
    name: 'convscope-spoken',
    enforce: 'pre',
    apply: 'build',
    transform(code, id) {
      if (!id.endsWith('/_locales/en/messages.json')) return null;
      const messages: Readonly<Record<string, { readonly message: string }>> = JSON.parse(code);
      const kept = Object.entries(messages).filter(([key]) => optional.test(key));
      return { code: JSON.stringify(Object.fromEntries(kept.map(([key, { message }]) => [key, { message }]))), map: null };
    },
  };
}
