/** What can be done to the steps of a lesson: pure, each gives the list as it is then. */
import { MAX_STEPS, type Span, type StepInput } from '#lib/domain/timeline.ts';

/** A step while it is worked on; `key` tells it apart before it is kept and after. */
export type Mark = Omit<StepInput, 'id'> & { key: string };

/** A second tap in the same moment is no step. */
export const LEAST_MS = 500;
/** Finer than this nobody taps, and shorter it is to read. */
const GRID_MS = 100;

export const onGrid = (ms: number): number => Math.round(ms / GRID_MS) * GRID_MS;

export const indexAt = (marks: readonly Span[], atMs: number): number =>
	marks.findIndex(({ startMs, endMs }) => startMs <= atMs && atMs < endMs);

/** The moment that is its picture when nobody chose one. */
export const pictureAt = ({ startMs, endMs, pictureAtMs }: Omit<Mark, 'key'>): number =>
	pictureAtMs ?? Math.floor((startMs + endMs) / 2);

/** A picture from outside of the step is none of it any more. */
const spanned = (mark: Mark, span: Partial<Span>): Mark => {
	const { pictureAtMs, ...next } = { ...mark, ...span };
	const isKept =
		pictureAtMs !== undefined && pictureAtMs >= next.startMs && pictureAtMs < next.endMs;
	return isKept ? { ...next, pictureAtMs } : next;
};

/**
 * A new step begins: one that goes on there ends, and its rest is the new one.
 * @returns the same list where there is no room for one
 */
export function beginAt(
	marks: readonly Mark[],
	at: number,
	durationMs: number,
	key: string
): readonly Mark[] {
	const atMs = onGrid(at);
	const around = indexAt(marks, atMs);
	const inside = marks[around];
	const next = marks.find(({ startMs }) => startMs > atMs);
	const endMs = inside?.endMs ?? next?.startMs ?? durationMs;
	const isTooClose = inside && atMs - inside.startMs < LEAST_MS;
	if (marks.length >= MAX_STEPS || endMs - atMs < LEAST_MS || isTooClose) return marks;
	const made: Mark = { key, title: '', note: '', startMs: atMs, endMs };
	const before = marks
		.filter(({ startMs }) => startMs < atMs)
		.map((mark) => (mark === inside ? spanned(mark, { endMs: atMs }) : mark));
	return [...before, made, ...marks.filter(({ startMs }) => startMs > atMs)];
}

/** Moves where a step begins; a neighbour that ends there goes along. */
export function moveStart(marks: readonly Mark[], index: number, to: number): readonly Mark[] {
	const mark = marks[index];
	if (!mark) return marks;
	const before = marks[index - 1];
	const isJoined = before?.endMs === mark.startMs;
	const least = isJoined ? before.startMs + LEAST_MS : (before?.endMs ?? 0);
	const startMs = clamp(to, least, mark.endMs - LEAST_MS);
	return marks.map((each) => {
		if (each === mark) return spanned(mark, { startMs });
		return each === before && isJoined ? spanned(each, { endMs: startMs }) : each;
	});
}

/** Moves where a step ends; a neighbour that begins there goes along. */
export function moveEnd(
	marks: readonly Mark[],
	index: number,
	to: number,
	durationMs: number
): readonly Mark[] {
	const mark = marks[index];
	if (!mark) return marks;
	const next = marks[index + 1];
	if (next?.startMs === mark.endMs && to < next.endMs) return moveStart(marks, index + 1, to);
	const endMs = clamp(to, mark.startMs + LEAST_MS, next?.startMs ?? durationMs);
	return marks.map((each) => (each === mark ? spanned(mark, { endMs }) : each));
}

const clamp = (value: number, least: number, most: number): number =>
	Math.max(least, Math.min(value, most));

/** One step of two: what the first does not say, the second does. */
export function joinNext(marks: readonly Mark[], index: number): readonly Mark[] {
	const [mark, next] = [marks[index], marks[index + 1]];
	if (!mark || !next) return marks;
	const timer = mark.timer ?? next.timer;
	const joined: Mark = {
		...mark,
		endMs: next.endMs,
		title: mark.title || next.title,
		note: mark.note || next.note,
		...(timer && { timer })
	};
	return [...marks.slice(0, index), joined, ...marks.slice(index + 2)];
}

export const remove = (marks: readonly Mark[], index: number): readonly Mark[] =>
	marks.filter((_, at) => at !== index);

/** Changes what is said of a step. */
export const change = (
	marks: readonly Mark[],
	index: number,
	changed: Partial<Pick<Mark, 'title' | 'note' | 'timer' | 'pictureAtMs'>>
): readonly Mark[] => marks.map((mark, at) => (at === index ? { ...mark, ...changed } : mark));
