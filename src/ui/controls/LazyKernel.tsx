import { useEffect, useState } from 'preact/hooks';
import type { KernelEditor, KernelEditorProps } from './KernelEditor';

let loaded: typeof KernelEditor | null = null;

/** The kernel editor, whose code comes when the first kernel is shown. */
export function LazyKernel(props: KernelEditorProps) {
  const [there, setThere] = useState(loaded !== null);
  useEffect(() => {
    if (there) return;
    let wanted = true;
    void import('./KernelEditor').then((module) => {
      loaded = module.KernelEditor;
      if (wanted) setThere(true);
    });
    return () => {
      wanted = false;
    };
  }, [there]);
  const Editor = loaded;
  return Editor ? <Editor {...props} /> : <div class="kernel-room" />;
}
