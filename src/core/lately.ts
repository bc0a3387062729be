/** Remembers its last answer: asked again with the very same objects it is not made anew. For tables that many questions in a row share. */
export function lately<A extends readonly unknown[], R>(make: (...asked: A) => R): (...asked: A) => R {
  let last: { readonly asked: A; readonly answer: R } | null = null;
  return (...asked) => {
    const known = last;
    if (known && asked.every((part, i) => part === known.asked[i])) return known.answer;
    const answer = make(...asked);
    last = { asked, answer };
    return answer;
  };
}
