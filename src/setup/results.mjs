/** Adds up what vitest and Playwright say in their JSON reports. */

/** @typedef {{ passed: number, failed: number }} Results */

/**
 * @param {{ numPassedTests: number, numFailedTests: number, success: boolean }} report of vitest
 * @returns {Results}
 */
export function resultsOfVitest(report) {
	const { numPassedTests: passed, numFailedTests, success } = report;
	// A file that does not even load has no tests to fail; it is a failure all the same.
	const failed = success ? numFailedTests : Math.max(1, numFailedTests);
	return { passed, failed };
}

/**
 * @param {{ stats: { expected: number, unexpected: number, flaky: number }, errors?: unknown[] }} report
 *   of Playwright
 * @returns {Results} a test that passed only when repeated counts as failed
 */
export function resultsOfPlaywright({ stats, errors = [] }) {
	return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length };
}

/**
 * @param {Results[]} parts
 * @returns {Results}
 */
export function sum(parts) {
	return parts.reduce(
		(total, part) => ({
			passed: total.passed + part.passed,
			failed: total.failed + part.failed
		}),
		{ passed: 0, failed: 0 }
	);
}
