/** Adds up what vitest and Playwright say in their JSON reports, and names what failed. */

/** @typedef {{ passed: number, failed: number }} Results */
/**
 * @typedef {object} TestFile of vitest's report
 * @property {string} name
 * @property {'passed' | 'failed'} status
 * @property {string} message why the file did not load
 * @property {{ status: string, fullName: string, failureMessages: string[] }[]} assertionResults
 */

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
 * Which tests failed and why, to be said at the very end: what was printed when they failed is by
 * then hundreds of lines up, and a log is often kept by its end only.
 * @param {{ testResults: TestFile[] }} report of vitest
 * @returns {string[]} `file › test: first line of why`
 */
export function failuresOfVitest({ testResults }) {
	return testResults.flatMap(({ name, status, message, assertionResults }) => {
		const failed = assertionResults.filter((test) => test.status === 'failed');
		if (failed.length === 0 && status === 'failed') return [`${name}: ${firstLine(message)}`];
		return failed.map(
			({ fullName, failureMessages }) => `${name} › ${fullName}: ${firstLine(failureMessages[0])}`
		);
	});
}

/** @param {string} [text] */
function firstLine(text = '') {
	return text.trim().split('\n', 1)[0];
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
