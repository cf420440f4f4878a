/** Placing a sign track by hand: moving it, marking pieces of it, and what is wrong with them. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { signedMomentMs, signedMomentText } from '#lib/domain/moment.ts';
import {
	continuedAt,
	inOnePiece,
	mediaAt,
	moved,
	onFrames,
	pieceAt,
	placementIn,
	placingOf,
	type Placing,
	problemsOf,
	withoutPiece
} from '#lib/domain/placing.ts';
import { placingIn, PlacingInput, placingRows } from '#lib/domain/placing-form.ts';
import { unsignedCues } from '#lib/domain/signed.ts';
import { isPlacementWithin, SignPlacement } from '#lib/domain/timeline.ts';
import { read } from '#lib/server/input.ts';

/** The demonstration is a minute long, the signer's video 40 seconds. */
const lengths = { lessonMs: 60_000, signMs: 40_000 };
const whole = (offsetMs = 0): Placing => ({ offsetMs, pieces: [] });
const sections = (placing: Placing) =>
	placementIn(placing, lengths).sections.map(({ lessonMs, mediaMs, lengthMs }) => [
		...[lessonMs, mediaMs, lengthMs]
	]);
const codes = (placing: Placing) =>
	Object.entries(problemsOf(placing, lengths)).map(([field, { code }]) => `${field} ${code}`);

describe('in one piece', () => {
	test('moves by frames and comes back to where it was', () => {
		expect(moved(whole(), -1, 30).offsetMs).toBe(1000);
		expect(moved(whole(), -1, -3).offsetMs).toBe(-100);
		const there = moved(whole(), -1, 1);
		expect(there.offsetMs).toBe(33);
		expect(moved(there, -1, -1).offsetMs).toBe(0);
	});

	test('must be seen somewhere', () => {
		expect(codes(whole(59_999))).toEqual([]);
		expect(codes(whole(60_000))).toEqual(['offsetMs sign_outside']);
		expect(codes(whole(-40_000))).toEqual(['offsetMs sign_outside']);
	});

	test('shows nobody before it begins and after it is over', () => {
		const placement = placementIn(whole(10_000), lengths);
		expect([9000, 10_000, 49_000, 51_000].map((at) => mediaAt(placement, at, 40_000))).toEqual([
			...[undefined, 0, 39_000, undefined]
		]);
	});
});

describe('in pieces', () => {
	const two = continuedAt(whole(), { lessonMs: 30_000, mediaMs: 20_000 });

	test('the piece before ends where the signer’s video goes on, so that nothing is signed twice', () => {
		expect(sections(two)).toEqual([
			[0, 0, 20_000],
			[30_000, 20_000, 20_000]
		]);
		expect(codes(two)).toEqual([]);
	});

	test('a jump forwards leaves a part of the signer’s video out', () => {
		expect(sections(continuedAt(whole(), { lessonMs: 10_000, mediaMs: 15_000 }))).toEqual([
			[0, 0, 10_000],
			[10_000, 15_000, 25_000]
		]);
	});

	test('said twice of one moment, the second counts', () => {
		const again = continuedAt(two, { lessonMs: 30_005, mediaMs: 25_000 });
		expect(sections(again)).toEqual([
			[0, 0, 25_000],
			[30_005, 25_000, 15_000]
		]);
	});

	test('one that was said to be so long is cut where another begins in it', () => {
		const long = { offsetMs: 0, pieces: [{ lessonMs: 0, mediaMs: 0, lengthMs: 15_000 }] };
		expect(sections(continuedAt(long, { lessonMs: 10_000, mediaMs: 20_000 }))[0]).toEqual([
			0, 0, 10_000
		]);
		expect(sections(continuedAt(long, { lessonMs: 20_000, mediaMs: 20_000 }))[0]).toEqual([
			0, 0, 15_000
		]);
	});

	test('moving one changes what is signed there, not where it stands', () => {
		expect(sections(moved(two, 1, 30))[1]).toEqual([30_000, 19_000, 21_000]);
		expect(moved(moved(two, 1, 30), 1, -30)).toEqual(two);
	});

	test('the first one waits when there is nothing before it to show', () => {
		const later = moved(two, 0, 60);
		expect(later.pieces[0]).toEqual({ lessonMs: 2000, mediaMs: 0 });
		expect(moved(later, 0, -90).pieces[0]).toEqual({ lessonMs: 0, mediaMs: 1000 });
	});

	test('the one shown is the last that has begun', () => {
		expect([0, 29_000, 29_990, 59_000].map((at) => pieceAt(two.pieces, at))).toEqual([0, 0, 1, 1]);
		expect(pieceAt([], 5)).toBe(-1);
	});

	test('without one the others reach as far again; without any it is in one piece', () => {
		expect(sections(withoutPiece(two, 1))).toEqual([[0, 0, 40_000]]);
		expect(withoutPiece(withoutPiece(two, 0), 0)).toEqual(whole(10_000));
		expect(inOnePiece(two)).toEqual(whole(0));
	});

	const piece = (lessonMs: number, mediaMs: number, lengthMs?: number) => ({
		...{ lessonMs, mediaMs },
		...(lengthMs !== undefined && { lengthMs })
	});
	test.each<[string, ReturnType<typeof piece>[], string[]]>([
		['one after the other', [piece(0, 0, 5000), piece(5000, 5000, 5000)], []],
		['begins after the demonstration', [piece(60_000, 0)], ['0.lessonMs piece_outside_lesson']],
		['begins after the signer’s video', [piece(0, 40_000)], ['0.mediaMs piece_outside_sign']],
		['two at one moment', [piece(0, 0), piece(0, 9000)], ['1.lessonMs piece_overlaps']],
		['back in the signer’s video', [piece(0, 9000), piece(5000, 0)], ['1.mediaMs piece_backwards']],
		['into the next one', [piece(0, 0, 5001), piece(5000, 9000)], ['0.lengthMs piece_overlaps']],
		[
			'what the next one shows',
			[piece(0, 0, 5001), piece(9000, 5000)],
			['0.lengthMs piece_sign_twice']
		],
		['over the demonstration’s end', [piece(50_000, 0, 10_001)], ['0.lengthMs piece_over_end']],
		['over the signer’s end', [piece(0, 35_000, 5001)], ['0.lengthMs piece_over_sign_end']],
		['of no length', [piece(0, 0, 0)], ['0.lengthMs piece_too_short']]
	])('%s', (_, pieces, problems) => {
		expect(codes({ offsetMs: 0, pieces })).toEqual(problems);
	});

	test('what has no problem can be kept, and is edited as it was kept', () => {
		const moment = (most: number) => fc.integer({ min: 0, max: most }).map(onFrames);
		const marked = fc.array(fc.record({ lessonMs: moment(65_000), mediaMs: moment(45_000) }), {
			maxLength: 6
		});
		fc.assert(
			fc.property(moment(50_000), marked, (offsetMs, all) => {
				const placing = all.reduce(continuedAt, whole(offsetMs));
				if (codes(placing).length > 0) return;
				const placement = placementIn(placing, lengths);
				expect(read(SignPlacement, placement)).toEqual(placement);
				expect(isPlacementWithin(placement, lengths.lessonMs, lengths.signMs)).toBe(true);
				const again = placingOf(placement, lengths);
				expect(placementIn(again, lengths)).toEqual(placement);
			})
		);
	});
});

test('a cue counts as signed when somebody signs for half of it', () => {
	const cues = [
		{ startMs: 0, endMs: 2000 },
		{ startMs: 2000, endMs: 4000 }
	];
	expect(unsignedCues(cues, { offsetMs: 1000, sections: [] }, 40_000)).toEqual([]);
	expect(unsignedCues(cues, { offsetMs: 1100, sections: [] }, 40_000)).toEqual([cues[0]]);
	expect(unsignedCues(cues, { offsetMs: 0, sections: [] }, 2900)).toEqual([cues[1]]);
});

describe('a form', () => {
	const form = (fields: Record<string, string>) =>
		placingIn(new Map(Object.entries({ base: 'a'.repeat(24), offsetMs: '0:00', ...fields })));

	test.each([
		['-0:02.5', -2500],
		['－2', -2000],
		['−1：05', -65_000],
		['0:00', 0],
		['--1', undefined],
		['-', undefined]
	])('%s is read as a moment, also before the beginning', (text, ms) => {
		expect(signedMomentMs(text)).toBe(ms);
	});
	test.each([0, -33, -65_500, 900])('%i is read back as written', (ms) => {
		expect(signedMomentMs(signedMomentText(ms))).toBe(ms);
	});

	test('rows out of order, empty and taken out are read as what they mean', () => {
		const { input, rows } = form({
			...{ '0.lessonMs': '0:30', '0.mediaMs': '0:20' },
			...{ '1.lessonMs': '0:10', '1.mediaMs': '0:10', '1.isRemoved': 'on' },
			...{ '2.lessonMs': '', '2.mediaMs': '', '2.lengthMs': '' },
			...{ '3.lessonMs': '0:00', '3.mediaMs': '0:00', '3.lengthMs': '12' }
		});
		expect(read(PlacingInput, input).pieces).toEqual([
			{ lessonMs: 0, mediaMs: 0, lengthMs: 12_000 },
			{ lessonMs: 30_000, mediaMs: 20_000 }
		]);
		expect(rows).toEqual([3, 0]);
		expect(placingRows({ '1.mediaMs': 'x', 'pieces.0.lessonMs': 'y', '': 'z' }, rows)).toEqual({
			...{ '0.mediaMs': 'x', '3.lessonMs': 'y', '': 'z' }
		});
	});

	test('what cannot be read as a time is told where it stands', () => {
		const { input } = form({ '0.lessonMs': 'soon', '0.mediaMs': '0:05', offsetMs: 'early' });
		expect(() => read(PlacingInput, input)).toThrow(/offsetMs.*time_odd.*pieces\.0\.lessonMs/);
	});
});
