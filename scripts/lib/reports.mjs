// Reads the reports of the test runners: how many tests passed, and which did not, in one line each.
import { relative } from 'node:path';
import { root } from './process.mjs';

/** What a report says. `troubles` name tests that failed, or passed at a second try only, with what the first try said. */
const counted = (fields) => ({ passed: 0, failed: 0, skipped: 0, retried: 0, troubles: [], ...fields });

/** A stage without a test runner counts as one test. */
export const asOne = ({ code }) => counted(code === 0 ? { passed: 1 } : { failed: 1 });

/** The first line that says something, without colours. */
function firstLine(text = '') {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what colours are made of.
  const plain = text.replace(/\u001b\[[\d;]*m/g, '');
  return (
    plain
      .split('\n')
      .map((line) => line.trim())
      .find(Boolean) ?? ''
  );
}

const here = (file) => relative(root, file);

/** Of Vitest's JSON. A file that cannot be loaded counts as one failed test. */
export function ofVitest({ numPassedTests, numFailedTests, numPendingTests, numTodoTests, testResults }, code) {
  const troubles = testResults.flatMap(({ name, status, message, assertionResults }) => {
    const failed = assertionResults.filter((one) => one.status === 'failed');
    if (status === 'failed' && failed.length === 0) return [`failed: ${here(name)}: ${firstLine(message)}`];
    return failed.map(({ fullName, failureMessages }) => `failed: ${here(name)}: ${fullName}: ${firstLine(failureMessages[0])}`);
  });
  const unloaded = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return counted({
    passed: numPassedTests,
    failed: numFailedTests + unloaded || (code === 0 ? 0 : 1),
    skipped: numPendingTests + numTodoTests,
    troubles,
  });
}

/** Of Playwright's JSON. */
export function ofPlaywright({ stats, suites }, code) {
  const specs = (suite) => [...(suite.specs ?? []), ...(suite.suites ?? []).flatMap(specs)];
  const troubles = suites.flatMap(specs).flatMap(({ title, file, line, tests }) =>
    tests
      .filter(({ status }) => status === 'unexpected' || status === 'flaky')
      .map(({ status, results }) => {
        const { error, errors } = results[0] ?? {};
        const said = firstLine(error?.message ?? errors?.[0]?.message);
        return `${status === 'flaky' ? 'only at the second try' : 'failed'}: ${file}:${line} ${title}: ${said}`;
      }),
  );
  return counted({
    passed: stats.expected + stats.flaky,
    failed: stats.unexpected || (code === 0 ? 0 : 1),
    skipped: stats.skipped,
    retried: stats.flaky,
    troubles,
  });
}
