import { describe, expect, it } from 'vitest';
import { root } from '../../scripts/lib/process.mjs';
import { asOne, ofPlaywright, ofVitest } from '../../scripts/lib/reports.mjs';

const spec = (title: string, status: string, message?: string) => ({
  title,
  file: 'test/e2e/some.spec.ts',
  line: 7,
  tests: [{ status, results: [{ error: message === undefined ? undefined : { message } }] }],
});

describe('what the reports of the test runners say', () => {
  it('a stage without a runner is one test', () => {
    expect(asOne({ code: 0 })).toMatchObject({ passed: 1, failed: 0, troubles: [] });
    expect(asOne({ code: 2 })).toMatchObject({ passed: 0, failed: 1 });
  });

  it('Playwright: stories in any depth that failed, or passed at the second try, with the first line of the first error', () => {
    const report = {
      stats: { expected: 5, flaky: 1, unexpected: 1, skipped: 2 },
      suites: [
        {
          specs: [spec('holds', 'expected')],
          suites: [
            { specs: [spec('is cut off', 'unexpected', '\u001b[31mError: norm, 420\u001b[39m\n\nexpected <= 0')] },
            { specs: [spec('comes late', 'flaky', 'Error: none\n')] },
          ],
        },
      ],
    };
    expect(ofPlaywright(report, 1)).toEqual({
      passed: 6,
      failed: 1,
      skipped: 2,
      retried: 1,
      troubles: [
        'failed: test/e2e/some.spec.ts:7 is cut off: Error: norm, 420',
        'only at the second try: test/e2e/some.spec.ts:7 comes late: Error: none',
      ],
    });
  });

  it('a runner that ends with an error though no test failed is a failure', () => {
    const stats = { expected: 1, flaky: 0, unexpected: 0, skipped: 0 };
    expect(ofPlaywright({ stats, suites: [] }, 1).failed).toBe(1);
    expect(ofPlaywright({ stats, suites: [] }, 0).failed).toBe(0);
  });

  it('Vitest: failed tests, and files that cannot be loaded', () => {
    const report = {
      numPassedTests: 3,
      numFailedTests: 1,
      numPendingTests: 1,
      numTodoTests: 0,
      testResults: [
        { name: `${root}/test/a.test.ts`, status: 'failed', message: 'SyntaxError: no such export\n at x', assertionResults: [] },
        {
          name: `${root}/test/b.test.ts`,
          status: 'failed',
          message: '',
          assertionResults: [
            { status: 'passed', fullName: 'b holds', failureMessages: [] },
            { status: 'failed', fullName: 'b adds', failureMessages: ['AssertionError: expected 1 to be 2\n at y'] },
          ],
        },
      ],
    };
    expect(ofVitest(report, 1)).toEqual({
      passed: 3,
      failed: 2,
      skipped: 1,
      retried: 0,
      troubles: [
        'failed: test/a.test.ts: SyntaxError: no such export',
        'failed: test/b.test.ts: b adds: AssertionError: expected 1 to be 2',
      ],
    });
  });
});
