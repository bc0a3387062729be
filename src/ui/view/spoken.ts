import { useEffect, useState } from 'preact/hooks';

/** What is said aloud: at most once a second, the latest. */
export function useSpoken(text: string): string {
  const [spoken, setSpoken] = useState('');
  useEffect(() => {
    const timer = setTimeout(() => setSpoken(text), 1000);
    return () => clearTimeout(timer);
  }, [text]);
  return spoken;
}
