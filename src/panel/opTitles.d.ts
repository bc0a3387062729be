declare module 'virtual:op-titles' {
  /** English titles of ops by name. */
  export const titles: Readonly<Record<string, string>>;
}
