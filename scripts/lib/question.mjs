// Notices when the extension asks the browser for a permission, and when the person has answered.

/** From now on `questionState` tells. */
export const watchQuestions = ({ worker }) =>
  worker.evaluate(() => {
    for (const { permissions } of new Set([globalThis.chrome, globalThis.browser].filter(Boolean))) {
      const ask = permissions.request.bind(permissions);
      permissions.request = (...wanted) => {
        globalThis.question = 'asked';
        const answer = ask(...wanted);
        answer.finally(() => {
          globalThis.question = 'answered';
        });
        return answer;
      };
    }
  });

/** `asked`, `answered`, or undefined before any question. */
export const questionState = ({ worker }) => worker.evaluate(() => globalThis.question);
