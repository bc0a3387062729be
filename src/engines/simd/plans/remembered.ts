/** Plans whose tables take long to work out, by what they depend on: the last few. Asking how and running share one. */
export function remembered<T>(most: number): (key: readonly unknown[], make: () => T) => T {
  const known = new Map<string, T>();
  return (parts, make) => {
    const key = JSON.stringify(parts);
    const value = known.get(key) ?? make();
    known.delete(key);
    known.set(key, value);
    const [oldest] = known.keys();
    if (known.size > most && oldest !== undefined) known.delete(oldest);
    return value;
  };
}
