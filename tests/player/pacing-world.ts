/** What the tests of turns and loops have in common. */
import fc from 'fast-check';
import type { Turn } from '#lib/player/model.ts';
import { LENGTH_MS, paced, STEP_MS } from './world.ts';

/** Six turns of ten seconds. */
export const SIX: Turn[] = Array.from({ length: 6 }, (_, i) => ({
	...{ startMs: i * 10_000, endMs: (i + 1) * 10_000 }
}));
export const SHORT: Turn[] = Array.from({ length: 6 }, (_, i) => ({
	...{ startMs: i * 3000, endMs: i === 5 ? LENGTH_MS : (i + 1) * 3000 }
}));
export const anyLife = fc.record({
	startMs: fc.integer({ min: 0, max: 180 }),
	seekMs: fc.integer({ min: 5, max: 250 }),
	fast: fc.double({ min: -0.004, max: 0.004, noNaN: true })
});

export type Paced = ReturnType<typeof paced>;

/** Lets time pass; says of each moment whose turn it was and whether both moved. */
export function follow({ world, hands, signer, pacing }: Paced, ms: number) {
	const moves: { isMoving: boolean; areBoth: boolean; who: string | undefined }[] = [];
	const now = () => [hands, signer].map((one) => ({ at: one.positionMs, isPaused: one.isPaused }));
	let before = now();
	for (let passed = 0; passed < ms; passed += STEP_MS) {
		world.pass(STEP_MS);
		const after = now();
		const hasChanged = after.map(({ at }, i) => at !== before[i]?.at);
		const isPlaying = after.map(
			({ isPaused }, i) => hasChanged[i] && !isPaused && !before[i]?.isPaused
		);
		moves.push({
			isMoving: isPlaying.some(Boolean),
			// Also a jump of one that stands is seen while the other plays.
			areBoth: hasChanged.every(Boolean) && isPlaying.some(Boolean),
			who: pacing.turn?.who
		});
		before = after;
	}
	return moves;
}
