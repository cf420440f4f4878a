/** Steps and times as people write them into a plain form. */
import { describe, expect, test } from 'vitest';
import { momentMs, momentText } from '#lib/domain/moment.ts';
import { inRows, stepsIn } from '#lib/domain/steps-form.ts';
import { StepsInput } from '#lib/domain/timeline.ts';
import { read } from '#lib/server/input.ts';

const DURATION_MS = 60_000;
const form = (fields: Record<string, string>) =>
	stepsIn(new Map(Object.entries(fields)), DURATION_MS);

test.each([
	['1:05', 65_000],
	['65', 65_000],
	['0:01:05', 65_000],
	['1:05.5', 65_500],
	[' 1：05 ', 65_000],
	['1:05,5', undefined],
	['', undefined],
	['soon', undefined]
])('%s is read as a moment', (text, ms) => {
	expect(momentMs(text)).toBe(ms);
});

test.each([0, 900, 65_500, 65_033, 3_600_000, 7_199_999])('%i is read back as written', (ms) => {
	expect(momentMs(momentText(ms))).toBe(ms);
});

describe('a form', () => {
	test('rows out of order stand in the order of time, and the last reaches to the end', () => {
		const { input, rows } = form({
			...{ '0.title': '揉面', '0.startMs': '0:30' },
			...{ '1.title': '和面', '1.startMs': '0:00' }
		});
		expect(read(StepsInput, input)).toMatchObject([
			{ title: '和面', startMs: 0, endMs: 30_000 },
			{ title: '揉面', startMs: 30_000, endMs: DURATION_MS }
		]);
		expect(rows).toEqual([1, 0]);
	});

	test('a new step within another ends that one, whose picture is then elsewhere', () => {
		const { input } = form({
			...{ '0.title': '和面', '0.startMs': '0', '0.endMs': '1:00', '0.pictureAtMs': '0:30' },
			...{ '1.title': '揉面', '1.startMs': '0:20' }
		});
		const [first] = read(StepsInput, input);
		expect(first?.endMs).toBe(20_000);
		expect(first?.pictureAtMs).toBeUndefined();
	});

	test('empty rows and ticked ones are none', () => {
		const { input } = form({
			...{ '0.title': '和面', '0.startMs': '0', '0.isRemoved': 'on' },
			...{ '1.title': '', '1.startMs': '', '1.endMs': '', '1.id': '' }
		});
		expect(input).toEqual([]);
	});

	test('a timer without a name is called as its step; signs are kept in their order', () => {
		const { input } = form({
			...{ '0.title': '烤', '0.startMs': '0', '0.timer.durationMs': '20:00' },
			...{ '0.hazards.sharp': 'on', '0.hazards.hot': 'on' }
		});
		expect(read(StepsInput, input)).toMatchObject([
			{ timer: { label: '烤', durationMs: 1_200_000 }, hazards: ['hot', 'sharp'] }
		]);
	});

	test('what is wrong is told beside the row it was written in', () => {
		expect(inRows({ '0.title': 'required', '': 'stale' }, [3])).toEqual({
			...{ '3.title': 'required', '': 'stale' }
		});
		const { input } = form({ '0.title': '和面', '0.startMs': 'soon' });
		expect(() => read(StepsInput, input)).toThrow();
	});
});
