// Asked in a page: the result is final, it can be saved.
export const saveable = () =>
  [...document.querySelectorAll('button')].some((at) => /Save PNG|Export/.test(at.textContent + at.ariaLabel) && !at.disabled);
