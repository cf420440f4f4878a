import { describe, expect, test } from 'vitest';
import { firstOpen, type GridCell, standingOf } from '#lib/domain/class-grid.ts';

const NOW = '2026-03-20T08:00:00.000Z';
const daysAgo = (days: number) => new Date(Date.parse(NOW) - days * 86_400_000).toISOString();
const cell = (given: Partial<GridCell> = {}): GridCell => ({
	...{ watchedShare: 0, isWatched: false, isCompleted: false, isTaskAsked: true, task: null },
	...given
});
const done = cell({ watchedShare: 1, isWatched: true, isCompleted: true });
const notPassed = cell({ watchedShare: 1, isWatched: true });
const standing = (cells: GridCell[], lastAt: string | null, enrolledAt = daysAgo(30)) =>
	standingOf(cells, { lastAt, enrolledAt, now: NOW });

describe('how a trainee stands', () => {
	test('all watched and every task passed is done, however long ago', () => {
		expect(standing([done, { ...done, task: 'passed' }], daysAgo(90))).toBe('done');
		expect(standing([done, { ...notPassed, task: 'none' }], daysAgo(1))).toBe('under_way');
		expect(standing([done, { ...notPassed, task: 'again' }], daysAgo(1))).toBe('under_way');
	});

	test('who waits for an answer has not stopped: the others have', () => {
		expect(standing([cell({ task: 'sent' })], daysAgo(30))).toBe('waiting');
		expect(standing([cell({ task: 'looking' })], daysAgo(30))).toBe('waiting');
	});

	test('a week without a trace is a stop, a day less is not', () => {
		expect(standing([cell({ watchedShare: 0.4 })], daysAgo(7.1))).toBe('stuck');
		expect(standing([cell({ watchedShare: 0.4 })], daysAgo(6.9))).toBe('under_way');
	});

	test('who joined this week and has not begun has a week from then', () => {
		expect(standing([cell()], null, daysAgo(2))).toBe('not_begun');
		expect(standing([cell()], null, daysAgo(8))).toBe('stuck');
	});

	test('a course without lessons is nobody’s fault', () => {
		expect(standing([], null, daysAgo(1))).toBe('not_begun');
	});
});

test('where somebody is: the first lesson that is not done, a task counts', () => {
	expect(firstOpen([done, { ...notPassed, task: 'again' }, cell()])).toBe(1);
	expect(firstOpen([done, { ...done, task: 'passed' }])).toBe(-1);
});
