/** What can be done to spans on a timeline, whatever they say: pure, each gives the list as it is then. */
import type { Span } from '#lib/domain/timeline.ts';

/** `key` tells a span apart before it is kept and after. */
export type Keyed = Span & { key: string };

/** One of the things that are marked: how many there may be, and what of one holds for another span. */
export type Layer<T extends Keyed> = {
	max: number;
	durationMs: number;
	/** Leaves out what lies outside of its span by now. */
	fit: (mark: T) => T;
};

/** A second tap in the same moment is no new span. */
export const LEAST_MS = 500;
/** Finer than this nobody taps, and shorter it is to read. */
const GRID_MS = 100;

export const onGrid = (ms: number): number => Math.round(ms / GRID_MS) * GRID_MS;
const clamp = (value: number, least: number, most: number): number =>
	Math.max(least, Math.min(value, most));

export const indexAt = (marks: readonly Span[], atMs: number): number =>
	marks.findIndex(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);

/**
 * A new one begins: one that goes on there ends, and its rest is the new one.
 * @returns the same list where there is no room for one
 */
export function beginAt<T extends Keyed>(
	marks: readonly T[],
	at: number,
	layer: Layer<T>,
	make: (span: Span) => T
): readonly T[] {
	const startMs = onGrid(at);
	const inside = marks[indexAt(marks, startMs)];
	const next = marks.find((mark) => mark.startMs > startMs);
	const endMs = inside?.endMs ?? next?.startMs ?? layer.durationMs;
	const isTooClose = inside && startMs - inside.startMs < LEAST_MS;
	if (marks.length >= layer.max || endMs - startMs < LEAST_MS || isTooClose) return marks;
	const before = marks
		.filter((mark) => mark.startMs < startMs)
		.map((mark) => (mark === inside ? layer.fit({ ...mark, endMs: startMs }) : mark));
	const after = marks.filter((mark) => mark.startMs > startMs);
	return [...before, make({ startMs, endMs }), ...after];
}

/** Moves where one begins; a neighbour that ends there goes along. */
export function moveStart<T extends Keyed>(
	marks: readonly T[],
	index: number,
	to: number,
	{ fit }: Layer<T>
): readonly T[] {
	const mark = marks[index];
	if (!mark) return marks;
	const before = marks[index - 1];
	const isJoined = before?.endMs === mark.startMs;
	const least = isJoined ? before.startMs + LEAST_MS : (before?.endMs ?? 0);
	const startMs = clamp(to, least, Math.max(least, mark.endMs - LEAST_MS));
	if (startMs === mark.startMs) return marks;
	return marks.map((each) => {
		if (each === mark) return fit({ ...mark, startMs });
		return each === before && isJoined ? fit({ ...each, endMs: startMs }) : each;
	});
}

/** Moves where one ends; a neighbour that begins there goes along. */
export function moveEnd<T extends Keyed>(
	marks: readonly T[],
	index: number,
	to: number,
	layer: Layer<T>
): readonly T[] {
	const mark = marks[index];
	if (!mark) return marks;
	const next = marks[index + 1];
	if (next?.startMs === mark.endMs) return moveStart(marks, index + 1, to, layer);
	const most = next?.startMs ?? layer.durationMs;
	const endMs = clamp(to, Math.min(most, mark.startMs + LEAST_MS), most);
	if (endMs === mark.endMs) return marks;
	return marks.map((each) => (each === mark ? layer.fit({ ...mark, endMs }) : each));
}

/** One of two: what it says besides is for the caller to choose. */
export function joinNext<T extends Keyed>(
	marks: readonly T[],
	index: number,
	join: (mark: T, next: T) => T
): readonly T[] {
	const [mark, next] = [marks[index], marks[index + 1]];
	if (!mark || !next) return marks;
	const joined = join({ ...mark, endMs: next.endMs }, next);
	return [...marks.slice(0, index), joined, ...marks.slice(index + 2)];
}

export const remove = <T extends Keyed>(marks: readonly T[], index: number): readonly T[] =>
	marks.filter((_, at) => at !== index);

/** Changes what is said of one. */
export const change = <T extends Keyed>(
	marks: readonly T[],
	index: number,
	changed: Partial<T>
): readonly T[] => marks.map((mark, at) => (at === index ? { ...mark, ...changed } : mark));
