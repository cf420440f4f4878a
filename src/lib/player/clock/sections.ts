/**
 * Where the pieces of a track lie in the lesson. A track that is one piece with an offset is the
 * special case of one section without an end of its own.
 */
import type { Span } from '../model.ts';
import { FRAME_MS } from './frames.ts';

/** From `mediaMs` on, `lengthMs` of the track are shown from lesson time `lessonMs` on. */
export type Section = { lessonMs: number; mediaMs: number; lengthMs: number };

/** Nearer than this, two times mean the same frame border. */
const SAME_MS = FRAME_MS / 2;

/** At least one, in order. */
export type Sections = readonly [Section, ...Section[]];

const isContiguous = (a: Section, b: Section): boolean =>
	Math.abs(b.lessonMs - a.lessonMs - a.lengthMs) < SAME_MS &&
	Math.abs(b.mediaMs - a.mediaMs - a.lengthMs) < SAME_MS;

/**
 * The pieces of a track by lesson time; without any it is one piece that begins at `offsetMs`. What
 * is contiguous in lesson and media becomes one, so that nothing happens at such a border.
 */
export function sectionsOf(offsetMs: number, pieces: readonly Section[] = []): Sections {
	const joined: Section[] = [];
	for (const one of [...pieces].sort((a, b) => a.lessonMs - b.lessonMs)) {
		const last = joined.at(-1);
		if (one.lengthMs < FRAME_MS) continue;
		if (last && isContiguous(last, one))
			last.lengthMs = one.lessonMs + one.lengthMs - last.lessonMs;
		else joined.push({ ...one });
	}
	const [first = { lessonMs: offsetMs, mediaMs: 0, lengthMs: Infinity }, ...more] = joined;
	return [first, ...more];
}

/** How much of a section there is; a track may be shorter than was said. NaN: length not known yet. */
const lengthOf = ({ mediaMs, lengthMs }: Section, durationMs: number): number =>
	Math.min(lengthMs, Number.isNaN(durationMs) ? Infinity : durationMs - mediaMs);

/** Lesson time at which a section is over. */
export const endOf = (section: Section, durationMs: number): number =>
	section.lessonMs + lengthOf(section, durationMs);

/** The section that is shown at a lesson time; between two of them the next one, else the last. */
export function sectionFor(sections: Sections, atMs: number, durationMs: number): Section {
	const next = sections.find((one) => atMs < endOf(one, durationMs) - SAME_MS);
	return next ?? sections.at(-1) ?? sections[0];
}

/** Whether a track has something to show at a lesson time. */
export const isCovered = (
	sections: readonly Section[],
	atMs: number,
	durationMs: number
): boolean =>
	sections.some((one) => atMs >= one.lessonMs - SAME_MS && atMs < endOf(one, durationMs) - SAME_MS);

/** What of a span a track has something to show for, from its first to its last moment. */
export function coveredOf(
	sections: readonly Section[],
	span: Span,
	durationMs: number
): Span | null {
	const parts = sections
		.map((one) => ({
			startMs: Math.max(span.startMs, one.lessonMs),
			endMs: Math.min(span.endMs, endOf(one, durationMs))
		}))
		.filter((part) => part.endMs - part.startMs > SAME_MS);
	const [first, last] = [parts[0], parts.at(-1)];
	return first && last ? { startMs: first.startMs, endMs: last.endMs } : null;
}

/**
 * The lesson time of a frame. A frame of the section before may still arrive on screen after a
 * switch, so the one in which it lies is looked for when `current` is not it.
 */
export function lessonOf(sections: readonly Section[], current: Section, mediaMs: number): number {
	const holds = ({ mediaMs: fromMs, lengthMs }: Section): boolean =>
		mediaMs > fromMs - FRAME_MS && mediaMs < fromMs + lengthMs + SAME_MS;
	const section = holds(current) ? current : (sections.find(holds) ?? current);
	return mediaMs - section.mediaMs + section.lessonMs;
}
