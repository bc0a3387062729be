import { useEffect, useId, useState } from 'preact/hooks';
import type { AnswerOf, AskedOf, InquiryName } from '../../worker/inquiries';
import type { Bench } from '../bench/state';
import { reasonOf } from '../bench/words';

export interface Inquired<A> {
  /** Of the last question that was answered; a newer one may be on its way. */
  readonly answer: A | null;
  readonly failure: string | null;
  readonly busy: boolean;
}

/** A dragged slider asks nothing until it rests that long. */
const REST_MS = 60;

/** The answer to a question about the present scene, asked anew when the question, the scene or the picture changes; null asks nothing. */
export function useInquiry<K extends InquiryName>(bench: Bench, name: K, asked: AskedOf<K> | null): Inquired<AnswerOf<K>> {
  const [state, setState] = useState<Inquired<AnswerOf<K>>>({ answer: null, failure: null, busy: false });
  const asker = useId();
  const key = asked && JSON.stringify(asked);
  const ready = bench.finished.value;
  const scene = bench.scene.value;
  const picture = bench.opened.value;
  useEffect(() => {
    if (asked === null || !ready) return;
    let wanted = true;
    setState(({ answer }) => ({ answer, failure: null, busy: true }));
    const ask = async (): Promise<void> => {
      try {
        const answer = await bench.inquire(name, asked, undefined, asker);
        if (wanted && answer !== null) setState({ answer, failure: null, busy: false });
      } catch (error) {
        if (!wanted) return;
        const failure = reasonOf(error);
        setState({ answer: null, failure, busy: false });
      }
    };
    const timer = setTimeout(() => void ask(), REST_MS);
    return () => {
      wanted = false;
      clearTimeout(timer);
    };
  }, [bench, name, key, asker, ready, scene, picture]);
  useEffect(() => () => bench.stopInquiry(name, asker), [bench, name, asker]);
  return state;
}
