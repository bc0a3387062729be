/**
 * `work`, or the signal's reason as soon as it is aborted. Work that cannot stop at once is left to end unheard; what it makes then is handed
 * to `letGo`.
 */
export async function raced<T>(work: Promise<T>, signal: AbortSignal, letGo?: (late: T) => void): Promise<T> {
  let stop: () => void = () => undefined;
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    if (signal.aborted) stop();
    else signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([aborted, work]);
  } catch (error) {
    work.then(letGo, () => undefined);
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
  }
}
