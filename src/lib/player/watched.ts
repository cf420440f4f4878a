/** Which spans of a lesson were really seen: from frames that reached the screen, not from clicks. */
import { FRAME_MS } from './clock/frames.ts';

export type Range = [fromMs: number, toMs: number];

/**
 * Frames further apart than this (at 1×) were not watched in one go. A busy cheap phone shows no
 * new frame for most of a second (800 ms were seen); who sits through it has watched. Seeking does
 * not rely on this: it interrupts.
 */
const GAP_MS = 2000;

/** Sorted and joined; ranges that touch become one. */
export function union(ranges: readonly Range[]): Range[] {
	const joined: Range[] = [];
	for (const [from, to] of [...ranges].sort((a, b) => a[0] - b[0])) {
		const last = joined.at(-1);
		if (last && from <= last[1] + 1) last[1] = Math.max(last[1], to);
		else joined.push([from, to]);
	}
	return joined;
}

export type Collector = {
	/** A frame of this lesson time is on screen while playing at `rate`. */
	see(atMs: number, rate: number): void;
	/** Play was interrupted: the next frame begins a new span. */
	interrupt(): void;
	/** Everything seen since the last call, in whole milliseconds. */
	take(): Range[];
};

export function collector(): Collector {
	let done: Range[] = [];
	let open: Range | null = null;
	const close = (): void => {
		if (open && open[1] > open[0]) done.push(open);
		open = null;
	};
	return {
		see(atMs, rate) {
			const endMs = atMs + FRAME_MS;
			const last = open?.[1] ?? NaN;
			const isNext = atMs >= last - 2 * FRAME_MS && atMs <= last + GAP_MS * Math.max(1, rate);
			if (!open || !isNext) {
				close();
				open = [atMs, endMs];
			} else open[1] = Math.max(open[1], endMs);
		},
		interrupt: close,
		take() {
			const going = open;
			close();
			const taken = union(done).map(([from, to]): Range => [Math.round(from), Math.round(to)]);
			done = [];
			if (going) open = [going[1], going[1]];
			return taken;
		}
	};
}
