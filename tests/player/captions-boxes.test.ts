/** Where cues stand on the picture, rule by rule of WebVTT §7.2. */
import { describe, expect, test } from 'vitest';
import type { CueSettings } from '#lib/captions/cue.ts';
import {
	computedLine,
	computedPosition,
	computedPositionAlign,
	lineRoom,
	place,
	regionStyle,
	type Box
} from '#lib/player/captions/boxes.ts';

const room = { width: 640, height: 360 };
const box = (width: number, height: number, x = (640 - width) / 2, y = 0): Box => ({
	...{ x, y, width, height }
});
const put = (settings: CueSettings, own: Box, taken: Box[] = [], tracksBefore = 0): Box =>
	place({ settings, box: own, lineSize: 20, room, taken, tracksBefore });

describe('what is not said is computed', () => {
	test.each<[CueSettings, number, number]>([
		[{}, 0, -1],
		[{}, 1, -2],
		[{ snapToLines: false }, 0, 100],
		[{ line: 4 }, 0, 4],
		[{ line: 30, snapToLines: false }, 0, 30],
		[{ line: -5, snapToLines: false }, 0, 100],
		[{ line: 101, snapToLines: false }, 0, 100]
	])('line of %j after %i tracks is %d', (settings, tracksBefore, line) => {
		expect(computedLine(settings, tracksBefore)).toBe(line);
	});

	test.each<[CueSettings, number, string]>([
		[{}, 50, 'center'],
		[{ align: 'left' }, 0, 'line-left'],
		[{ align: 'right' }, 100, 'line-right'],
		[{ align: 'start' }, 50, 'line-left'],
		[{ align: 'end' }, 50, 'line-right'],
		[{ position: 20 }, 20, 'center'],
		[{ position: 20, positionAlign: 'line-right' }, 20, 'line-right']
	])('position of %j is %d, aligned %s', (settings, position, align) => {
		expect(computedPosition(settings)).toBe(position);
		expect(computedPositionAlign(settings)).toBe(align);
	});

	test('words that run from right to left begin on the right', () => {
		expect(computedPositionAlign({ align: 'start' }, true)).toBe('line-right');
		expect(computedPositionAlign({ align: 'end' }, true)).toBe('line-left');
	});

	test.each<[CueSettings, number, number]>([
		[{}, 0, 100],
		[{ size: 40 }, 30, 40],
		[{ position: 20 }, 0, 40],
		[{ position: 90 }, 80, 20],
		[{ position: 20, positionAlign: 'line-left' }, 20, 80],
		[{ position: 20, positionAlign: 'line-right', size: 10 }, 10, 10],
		[{ align: 'start' }, 50, 50]
	])('lines of %j begin at %d %% and are %d %% long', (settings, from, size) => {
		expect(lineRoom(settings)).toEqual({ from, size });
	});
});

describe('with snap-to-lines', () => {
	test('the last line of a cue without a place lies at the bottom, whatever its height', () => {
		expect(put({}, box(300, 20)).y).toBe(340);
		expect(put({}, box(300, 60)).y).toBe(300);
	});

	test('lines count from the top, and negative ones from the bottom', () => {
		expect(put({ line: 0 }, box(300, 20)).y).toBe(0);
		expect(put({ line: 3 }, box(300, 20)).y).toBe(60);
		expect(put({ line: -3 }, box(300, 20)).y).toBe(300);
		expect(put({ line: 2.5 }, box(300, 20)).y).toBe(60);
	});

	test('a second cue goes above the first one, by whole lines', () => {
		const first = put({}, box(300, 40));
		const second = put({}, box(200, 20), [first]);
		expect([first.y, second.y]).toEqual([320, 300]);
	});

	test('one that cannot go on in its direction goes the other way', () => {
		const taken = [box(640, 60, 0, 0)];
		expect(put({ line: -18 }, box(300, 20), taken).y).toBe(60);
	});

	test('a line number beyond the picture leads to its edge', () => {
		expect(put({ line: 40 }, box(300, 20)).y).toBe(340);
		expect(put({ line: -40 }, box(300, 20)).y).toBe(0);
	});

	test('a signer in a corner is left free, and beside him nothing moves', () => {
		const signer = box(200, 150, 430, 200);
		expect(put({}, box(300, 20), [signer]).y).toBe(340 - 160);
		expect(put({}, box(240, 20, 100), [signer]).y).toBe(340);
	});

	test('where no line is free, as on a low stage, they go beside a signer', () => {
		const low = { width: 370, height: 170 };
		const signer = box(160, 140, 0, 5);
		const own = box(120, 60, 125);
		const placed = place({ settings: {}, box: own, lineSize: 30, room: low, taken: [signer] });
		expect(placed).toEqual({ ...own, x: 160, y: 110 });
	});
	test('vertical text grows from its edge', () => {
		const column = box(20, 200, 0, 80);
		expect(put({ vertical: 'lr', line: 0 }, column).x).toBe(0);
		expect(put({ vertical: 'lr' }, column).x).toBe(620);
		expect(put({ vertical: 'rl', line: 0 }, column).x).toBe(620);
		expect(put({ vertical: 'rl', line: 2 }, box(40, 200, 0, 80)).x).toBe(560);
		expect(put({ vertical: 'rl' }, box(40, 200, 0, 80)).x).toBe(0);
	});

	test('where there is no room at all, words are shown over words, but within the picture', () => {
		const placed = put({}, box(300, 20), [box(640, 360, 0, 0)]);
		expect(placed.y).toBe(340);
		expect(put({}, box(300, 500)).y).toBe(0);
	});
});

describe('without snap-to-lines', () => {
	const percent = (line: number, rest: CueSettings = {}): CueSettings => ({
		...{ line, snapToLines: false },
		...rest
	});

	test('the top, the middle or the end lies at the percentage', () => {
		expect(put(percent(50), box(300, 40)).y).toBe(180);
		expect(put(percent(50, { lineAlign: 'center' }), box(300, 40)).y).toBe(160);
		expect(put(percent(50, { lineAlign: 'end' }), box(300, 40)).y).toBe(140);
		expect(put(percent(50, { vertical: 'rl' }), box(40, 100, 0, 20)).x).toBe(320);
	});

	test('what would leave the picture goes to the nearest place inside', () => {
		expect(put(percent(100), box(300, 40))).toEqual(box(300, 40, 170, 320));
	});

	test('what would lie over another goes the shortest way round it', () => {
		const other = box(300, 40, 170, 180);
		expect(put(percent(58), box(300, 20), [other])).toEqual(box(300, 20, 170, 220));
		expect(put(percent(48), box(300, 20), [other])).toEqual(box(300, 20, 170, 160));
	});

	test('of two places as near the higher one is taken', () => {
		const other = box(640, 40, 0, 160);
		expect(put(percent(50, { lineAlign: 'center' }), box(300, 20), [other]).y).toBe(140);
	});
});

test('never two cues at one place, however many and whatever they ask for', () => {
	let seed = 7;
	const random = (below: number): number => (seed = (seed * 16_807) % 2_147_483_647) % below;
	for (let round = 0; round < 300; round++) {
		const placed: Box[] = [];
		for (let i = 0; i < 5; i++) {
			const isPercent = random(2) === 0;
			const settings: CueSettings = isPercent
				? { line: random(101), snapToLines: false }
				: { line: random(36) - 18 };
			placed.push(put(settings, box(60 + random(500), 20 * (1 + random(2)), random(80)), placed));
		}
		for (const [i, a] of placed.entries()) {
			expect(a.y >= -1 && a.y + a.height <= 361).toBe(true);
			for (const b of placed.slice(i + 1)) {
				const [w, h] = [
					Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x),
					Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y)
				];
				expect(Math.min(w, h)).toBeLessThanOrEqual(1);
			}
		}
	}
});

test('a region stands on its anchors and has room for its lines', () => {
	expect(regionStyle({ id: 'a' })).toBe(
		'inline-size:100%;block-size:calc(3em * var(--line));left:0%;top:calc(100% - 3em * var(--line))'
	);
	const region = {
		width: 40,
		lines: 2,
		regionAnchor: { x: 50, y: 0 },
		viewportAnchor: { x: 70, y: 10 }
	};
	expect(regionStyle(region)).toBe(
		'inline-size:40%;block-size:calc(2em * var(--line));left:50%;top:calc(10% - 0em * var(--line))'
	);
});
