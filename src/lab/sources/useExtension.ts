import { useEffect, useState } from 'preact/hooks';
import { inExtension } from './names';

export type Extension = typeof import('./extension');

/**
 * What only the extension can do; null in a plain web page, and until it is loaded. Loaded before it is needed: a browser asks for a
 * permission only in the first call of a click.
 */
export function useExtension(): Extension | null {
  const [extension, setExtension] = useState<Extension | null>(null);
  useEffect(() => {
    if (inExtension) void import('./extension').then(setExtension, () => undefined);
  }, []);
  return extension;
}
