import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

/** A component whose code is fetched when it is first shown; until then there is nothing in its place. */
export function onDemand<P extends object>(load: () => Promise<ComponentType<P>>): ComponentType<P> {
  let found: ComponentType<P> | null = null;
  return function Awaited(props: P) {
    const [Part, setPart] = useState(() => found);
    useEffect(() => {
      if (Part) return;
      let wanted = true;
      void load().then((part) => {
        found = part;
        if (wanted) setPart(() => part);
      });
      return () => {
        wanted = false;
      };
    }, []);
    return Part ? <Part {...props} /> : null;
  };
}
