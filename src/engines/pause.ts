/**
 * A turn of the event loop. Unlike timers, a message is not slowed down to 4 ms a turn;
 * and a fresh channel each time, since Node answers a busy one before anything else.
 */
export const pause = (): Promise<void> =>
  new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(null);
  });
