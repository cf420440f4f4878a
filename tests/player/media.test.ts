import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { variantsIn } from '#lib/player/media/master.ts';
import { nextStep, shouldYield, stepsOf, type Rung } from '#lib/player/media/quality.ts';
import { throughput, withTransfer, type Transfer } from '#lib/player/media/throughput.ts';
import { planFor } from '#lib/server/transcoding/plan.ts';

const ladderOf = (kind: 'demonstration' | 'sign', width: number, height: number): Rung[] =>
	planFor({ width, height, durationMs: 60_000, decoding: 'software' } as never, kind)
		.rungs.map((rung) => ({
			shortSide: Math.min(rung.width, rung.height),
			bitsPerSecond: rung.maxBitsPerSecond
		}))
		.sort((a, b) => a.bitsPerSecond - b.bitsPerSecond);
const OURS = {
	demonstration: ladderOf('demonstration', 1920, 1080),
	sign: ladderOf('sign', 1280, 720)
};

const ladder = fc
	.uniqueArray(fc.integer({ min: 144, max: 2160 }), { maxLength: 6 })
	.map((sides) =>
		sides
			.sort((a, b) => a - b)
			.map((shortSide) => ({ shortSide, bitsPerSecond: shortSide ** 1.6 * 40 }))
	);
const ladders = fc.record({ demonstration: ladder, sign: ladder });
const network = fc.integer({ min: 50_000, max: 20_000_000 });

/** Where it ends up when the network stays as it is. */
function settled(steps: ReturnType<typeof stepsOf>, bitsPerSecond: number, from = 0): number {
	let index = from;
	for (let i = 0; i < steps.length * 2; i++) index = nextStep(steps, index, bitsPerSecond);
	return index;
}
const heights = (bitsPerSecond: number): number[] => {
	const steps = stepsOf(OURS);
	const step = steps[settled(steps, bitsPerSecond)];
	return [
		OURS.sign[step?.sign ?? -1]?.shortSide ?? NaN,
		OURS.demonstration[step?.demonstration ?? -1]?.shortSide ?? NaN
	];
};

describe('quality on our own ladders', () => {
	test.each([
		[0.5, 360, 360],
		[1.5, 360, 360],
		[3.6, 480, 360],
		[4.3, 480, 480],
		[6.2, 480, 720],
		[9, 720, 720],
		[12, 720, 1080]
	])('at %f Mbit/s signing gets %i and the demonstration %i', (megabits, sign, demonstration) => {
		expect(heights(megabits * 1e6)).toEqual([sign, demonstration]);
	});
});

describe('quality, whatever the ladders', () => {
	test('the demonstration has more than its least only while signing reads well', () => {
		fc.assert(
			fc.property(ladders, (given) => {
				const best = given.sign.at(-1)?.shortSide ?? 0;
				for (const step of stepsOf(given))
					if (step.demonstration > 0 && given.sign.length > 0)
						expect(given.sign[step.sign]?.shortSide).toBeGreaterThanOrEqual(Math.min(480, best));
			})
		);
	});

	test('a better network takes nothing from either', () => {
		fc.assert(
			fc.property(ladders, network, network, (given, a, b) => {
				const steps = stepsOf(given);
				const [less, more] = [a, b]
					.sort((x, y) => x - y)
					.map((bits) => steps[settled(steps, bits)]);
				expect(more?.sign).toBeGreaterThanOrEqual(less?.sign ?? NaN);
				expect(more?.demonstration).toBeGreaterThanOrEqual(less?.demonstration ?? NaN);
			})
		);
	});

	test('what is chosen fits the network, unless nothing less is there', () => {
		fc.assert(
			fc.property(ladders, network, fc.nat(12), (given, bitsPerSecond, from) => {
				const steps = stepsOf(given);
				const index = nextStep(steps, from, bitsPerSecond);
				if (index > 0) expect(steps[index]?.bitsPerSecond).toBeLessThanOrEqual(bitsPerSecond * 0.9);
			})
		);
	});

	test('an estimate that swings by a tenth switches nothing back and forth', () => {
		fc.assert(
			fc.property(
				ladders,
				network,
				fc.array(fc.double({ min: 0.9, max: 1.1, noNaN: true }), { minLength: 2, maxLength: 60 }),
				(given, bitsPerSecond, swings) => {
					const steps = stepsOf(given);
					let index = settled(steps, bitsPerSecond);
					let falls = 0;
					for (const swing of swings) {
						const next = nextStep(steps, index, bitsPerSecond * swing);
						if (next < index) falls++;
						index = next;
					}
					expect(falls).toBe(0);
				}
			)
		);
	});

	test('all that is there is reached, and nothing that is not', () => {
		fc.assert(
			fc.property(ladders, (given) => {
				const steps = stepsOf(given);
				expect(steps[settled(steps, Infinity)]).toMatchObject({
					sign: Math.max(0, given.sign.length - 1),
					demonstration: Math.max(0, given.demonstration.length - 1)
				});
				expect(nextStep(steps, 0, NaN)).toBe(0);
			})
		);
	});
});

describe('what the network carries', () => {
	test('two streams that load at once share one line, however their segments overlap', () => {
		const bitsPerMs = fc.integer({ min: 100, max: 20_000 });
		const load = fc.record({
			startMs: fc.nat(5000),
			lengthMs: fc.integer({ min: 500, max: 3000 })
		});
		fc.assert(
			fc.property(bitsPerMs, load, load, (line, a, b) => {
				const [endA, endB] = [a.startMs + a.lengthMs, b.startMs + b.lengthMs];
				const overlapMs = Math.max(0, Math.min(endA, endB) - Math.max(a.startMs, b.startMs));
				const bytes = (lengthMs: number): number => ((lengthMs - overlapMs / 2) * line) / 8;
				const transfers = [
					{ startMs: a.startMs, endMs: endA, bytes: bytes(a.lengthMs) },
					{ startMs: b.startMs, endMs: endB, bytes: bytes(b.lengthMs) }
				];
				fc.pre(transfers.every((transfer) => transfer.bytes > 20_000));
				expect(throughput(transfers)).toBeCloseTo(line * 1000, -1);
			})
		);
	});

	test('is not known before something of weight came', () => {
		expect(throughput([])).toBeNaN();
		expect(throughput([{ startMs: 0, endMs: 300, bytes: 900 }])).toBeNaN();
	});

	test('follows a line that grows thin within eight segments', () => {
		let kept: Transfer[] = [];
		const add = (bytes: number): void => {
			const startMs = kept.at(-1)?.endMs ?? 0;
			kept = withTransfer(kept, { startMs, endMs: startMs + 1000, bytes });
		};
		for (let i = 0; i < 20; i++) add(1_000_000);
		for (let i = 0; i < 8; i++) add(100_000);
		expect(throughput(kept)).toBe(800_000);
	});
});

test('a master playlist names its rungs, wherever it lies', () => {
	const playlist =
		'#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=900,AVERAGE-BANDWIDTH=800\n480.m3u8\n' +
		'#EXT-X-STREAM-INF:AVERAGE-BANDWIDTH=100,BANDWIDTH=200\r\n/x/360.m3u8\r\n';
	expect(variantsIn(playlist, 'https://a.test/m/master.m3u8')).toEqual([
		{ uri: 'https://a.test/m/480.m3u8', bitsPerSecond: 900 },
		{ uri: 'https://a.test/x/360.m3u8', bitsPerSecond: 200 }
	]);
});

test('of two tracks at most one lets the other load first, and only while that one has little', () => {
	const ready = fc.oneof(fc.double({ min: 0, max: 40, noNaN: true }), fc.constant(Infinity));
	fc.assert(
		fc.property(ready, ready, (a, b) => {
			expect(shouldYield(a, b) && shouldYield(b, a)).toBe(false);
			if (shouldYield(a, b)) expect(b).toBeLessThan(Math.min(a, 12));
			if (a < 3) expect(shouldYield(a, b)).toBe(false);
		})
	);
});
