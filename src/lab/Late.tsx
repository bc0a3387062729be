import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A part of the page whose program comes when it is first shown. `failed` hears when it does not come. */
export function Late<P extends object>({
  load,
  failed,
  ...rest
}: {
  readonly load: () => Promise<ComponentType<P>>;
  failed(): void;
} & { readonly props: P }) {
  const [part, setPart] = useState<{ readonly Part: ComponentType<P> } | null>(null);
  useEffect(() => {
    load().then((Part) => setPart({ Part }), failed);
  }, []);
  return part && <part.Part {...rest.props} />;
}
