import { describe, expect, it } from 'vitest';
import {
	failuresOfVitest,
	resultsOfPlaywright,
	resultsOfVitest,
	sum
} from '../../src/setup/results.mjs';

describe('the last line of npm test', () => {
	it('adds up both runners', () => {
		const unit = resultsOfVitest({ numPassedTests: 40, numFailedTests: 0, success: true });
		const journeys = resultsOfPlaywright({ stats: { expected: 7, unexpected: 1, flaky: 0 } });
		expect(sum([unit, journeys])).toEqual({ passed: 47, failed: 1 });
	});

	it('counts a test file that does not load as a failure, though no test in it failed', () => {
		const unit = resultsOfVitest({ numPassedTests: 3, numFailedTests: 0, success: false });
		expect(unit).toEqual({ passed: 3, failed: 1 });
	});

	it('counts a journey that passed only when repeated, and a broken set-up, as failures', () => {
		const stats = { expected: 2, unexpected: 0, flaky: 1 };
		expect(resultsOfPlaywright({ stats, errors: ['no browser'] })).toEqual({
			passed: 2,
			failed: 2
		});
	});

	it('is zero and zero when nothing ran', () => {
		expect(sum([])).toEqual({ passed: 0, failed: 0 });
	});

	it('is preceded by which unit tests failed and why, and which files did not load', () => {
		const passed = { status: 'passed', fullName: 'a clock ticks', failureMessages: [] };
		const failed = {
			...{ status: 'failed', fullName: 'a clock stops' },
			failureMessages: ['Error: it went on\n    at clock.test.ts:3']
		};
		const file = { status: 'failed' as const, message: '' };
		const testResults = [
			{ ...file, name: 'clock.test.ts', assertionResults: [passed, failed] },
			{ ...file, name: 'gone.test.ts', message: 'Cannot find it\n    at', assertionResults: [] },
			{ ...file, name: 'well.test.ts', status: 'passed' as const, assertionResults: [passed] }
		];
		expect(failuresOfVitest({ testResults })).toEqual([
			'clock.test.ts › a clock stops: Error: it went on',
			'gone.test.ts: Cannot find it'
		]);
	});
});
