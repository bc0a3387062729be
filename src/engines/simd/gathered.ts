import type { Job } from './plan';

/** Small parts in jobs that are worth starting: each of about `size` in the parts' own measure of work. */
export function gathered(parts: readonly (Job & { readonly price: number })[], size: number): Job[] {
  const jobs: Job[] = [];
  let open: (Job & { readonly price: number })[] = [];
  let price = 0;
  const close = (): void => {
    if (open.length > 0)
      jobs.push({ calls: open.flatMap(({ calls }) => calls), writes: open.flatMap(({ writes = [] }) => writes) });
    open = [];
    price = 0;
  };
  for (const part of parts) {
    if (price + part.price > 1.5 * size) close();
    open.push(part);
    price += part.price;
  }
  close();
  return jobs;
}
