/** Marking steps, turns and areas: what a tap, a nudge and taking back do to them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { StepsInput } from '#lib/domain/timeline.ts';
import { read } from '#lib/server/input.ts';
import { boxOf, cellsOf, tapped } from '#lib/studio/steps/cells.ts';
import {
	handsAt,
	joinSteps,
	pictureAt,
	stepLayer,
	type StepMark,
	turnLayer,
	type TurnMark,
	withHandsAt
} from '#lib/studio/steps/marks.ts';
import { beginAt, joinNext, moveEnd, moveStart, remove } from '#lib/studio/steps/spans.ts';
import { suggestion } from '#lib/studio/steps/suggest.ts';

const DURATION_MS = 20_000;
const layer = stepLayer(DURATION_MS);
let made = 0;
const begin = (marks: readonly StepMark[], atMs: number): readonly StepMark[] =>
	beginAt(marks, atMs, layer, (span) => ({ key: String(made++), title: '揉', note: '', ...span }));
const spansOf = (marks: readonly StepMark[]) => marks.map(({ startMs, endMs }) => [startMs, endMs]);
const two = begin(begin([], 0), 10_000);

describe('steps', () => {
	test('a tap begins one, and ends the one before', () => {
		expect(spansOf(two)).toEqual([
			[0, 10_000],
			[10_000, DURATION_MS]
		]);
	});

	test('a second tap in the same moment changes nothing', () => {
		expect(begin(two, 10_200)).toBe(two);
		expect(begin(two, 19_800)).toBe(two);
	});

	test('in a gap it lasts until the next one', () => {
		const gap = remove(begin(two, 5000), 1);
		expect(spansOf(begin(gap, 7000))).toEqual([
			[0, 5000],
			[7000, 10_000],
			[10_000, DURATION_MS]
		]);
	});

	test('a border moves for both sides, and never over another', () => {
		expect(spansOf(moveStart(two, 1, 8000, layer))).toEqual([
			[0, 8000],
			[8000, DURATION_MS]
		]);
		expect(spansOf(moveEnd(two, 0, 99_000, layer))).toEqual([
			[0, 19_500],
			[19_500, DURATION_MS]
		]);
		expect(moveStart(two, 0, -5, layer)).toBe(two);
	});

	test('two become one, and nothing that was said of them is lost', () => {
		const [first, second] = two;
		if (!first || !second) throw new Error('no steps');
		const said = { ...second, note: '小心', hazards: ['hot' as const] };
		const [joined] = joinNext([{ ...first, title: '' }, said], 0, joinSteps);
		expect(joined).toMatchObject({
			title: '揉',
			note: '小心',
			hazards: ['hot'],
			endMs: DURATION_MS
		});
	});

	test('a picture that lies outside by now gives way to the middle', () => {
		const chosen = two.map((step, index) => (index === 0 ? { ...step, pictureAtMs: 9000 } : step));
		const [kept] = moveEnd(chosen, 0, 9500, layer);
		expect(kept && pictureAt(kept)).toBe(9000);
		const [moved] = moveEnd(chosen, 0, 6000, layer);
		expect(moved && pictureAt(moved)).toBe(3000);
	});

	test('whatever is done to them, the server takes them', () => {
		const deed = fc.tuple(
			fc.constantFrom('begin', 'start', 'end', 'join', 'remove'),
			fc.nat(59),
			fc.integer({ min: -1000, max: 25_000 })
		);
		fc.assert(
			fc.property(fc.array(deed, { maxLength: 40 }), (deeds) => {
				let marks: readonly StepMark[] = [];
				for (const [what, index, ms] of deeds) {
					const at = marks.length > 0 ? index % marks.length : 0;
					if (what === 'begin') marks = begin(marks, Math.max(0, ms));
					else if (what === 'start') marks = moveStart(marks, at, ms, layer);
					else if (what === 'end') marks = moveEnd(marks, at, ms, layer);
					else if (what === 'join') marks = joinNext(marks, at, joinSteps);
					else marks = remove(marks, at);
				}
				const input = marks.map((mark) => ({ ...mark, pictureAtMs: pictureAt(mark) }));
				read(StepsInput, input);
				expect(marks.every(({ endMs }) => endMs <= DURATION_MS)).toBe(true);
			})
		);
	});
});

describe('turns', () => {
	const turn: TurnMark = { key: 'a', startMs: 0, endMs: 10_000 };
	const layer = turnLayer(DURATION_MS);

	test('first the signer, from a moment on the hands', () => {
		const parted = withHandsAt(turn, 4000);
		expect(parted).toMatchObject({
			sign: { startMs: 0, endMs: 4000 },
			hands: { startMs: 4000, endMs: 10_000 }
		});
		expect(handsAt(parted)).toBe(4000);
		expect(handsAt(withHandsAt(parted, 0))).toBeUndefined();
	});

	test('parts go along with their turn; parts set apart stay inside of it', () => {
		const [longer] = moveEnd([withHandsAt(turn, 4000)], 0, 12_000, layer);
		expect(longer?.hands?.endMs).toBe(12_000);
		const apart = {
			...turn,
			sign: { startMs: 0, endMs: 3000 },
			hands: { startMs: 5000, endMs: 9000 }
		};
		const [shorter] = moveEnd([apart], 0, 8000, layer);
		expect(shorter).toMatchObject({ sign: { endMs: 3000 }, hands: { startMs: 5000, endMs: 8000 } });
	});
});

describe('where hands work', () => {
	test.each(Array.from({ length: 9 }, (_, cell) => cell))('field %i is read back', (cell) => {
		expect(cellsOf(boxOf([cell]))).toEqual([cell]);
	});

	test('a tap outside widens it, a tap inside begins anew', () => {
		const wide = tapped(boxOf([0]), 4);
		expect(cellsOf(wide)).toEqual([0, 1, 3, 4]);
		expect(cellsOf(tapped(wide, 4))).toEqual([4]);
	});

	test('an area drawn more finely lies in the field of its middle', () => {
		expect(cellsOf({ x: 450, y: 700, width: 100, height: 100 })).toEqual([7]);
	});
});

test('a name is offered from the words at the beginning of a step', () => {
	const cues = [
		{ startMs: 0, endMs: 900, text: '大家好。' },
		{ startMs: 4600, endMs: 6000, text: '倒面粉。\n慢慢来' }
	];
	expect(suggestion({ startMs: 5000, endMs: 9000 }, cues)).toBe('倒面粉');
	expect(suggestion({ startMs: 9000, endMs: 9900 }, cues)).toBe('');
});
