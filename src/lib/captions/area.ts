import type { Cue } from './cue.ts';
import { SAFE_MARGIN } from './limits.ts';

/** A part of the picture, in percent of it, from the top left corner; always if no time is given. */
export interface PictureArea {
	left: number;
	top: number;
	width: number;
	height: number;
	/** From here, inclusive. */
	startMs?: number;
	/** Until here, exclusive. */
	endMs?: number;
}

/** Height of a row in percent of the picture (WebVTT §7: 5 % of it, and the space between lines). */
const ROW = 6.5;

/** From top to bottom, in percent; undefined where a player chooses the place by lines. */
function extentOf(cue: Cue, rows: number): { top: number; bottom: number } {
	const { line, snapToLines, lineAlign } = cue.settings;
	const height = Math.max(1, rows) * ROW;
	if (line === undefined) return { top: 100 - SAFE_MARGIN - height, bottom: 100 - SAFE_MARGIN };
	if (snapToLines !== false) {
		// Lines are counted inside what the player keeps free, from the top or from the bottom.
		if (line >= 0)
			return { top: SAFE_MARGIN + line * ROW, bottom: SAFE_MARGIN + line * ROW + height };
		const bottom = 100 - SAFE_MARGIN + (line + 1) * ROW;
		return { top: bottom - height, bottom };
	}
	const top =
		lineAlign === 'end' ? line - height : lineAlign === 'center' ? line - height / 2 : line;
	return { top, bottom: top + height };
}

/**
 * How far a cue's settings put its words outside the title-safe area, in percent of the picture;
 * 0 if they are inside. Places given by line number are the player's to keep safe.
 */
export function unsafeBy(cue: Cue, rows: number): number {
	const { line, snapToLines, position } = cue.settings;
	let by = 0;
	if (line !== undefined && snapToLines === false) {
		const { top, bottom } = extentOf(cue, rows);
		by = Math.max(by, SAFE_MARGIN - top, bottom - (100 - SAFE_MARGIN));
	}
	if (position !== undefined) {
		by = Math.max(by, SAFE_MARGIN - position, position - (100 - SAFE_MARGIN));
	}
	// Places are written with two decimals; less than that is no distance.
	return by < 0.01 ? 0 : by;
}

/** Percent of the picture's height by which a cue lies over an area while both are there. */
export function coversBy(cue: Cue, rows: number, area: PictureArea): number {
	if (cue.settings.vertical) return 0;
	if (cue.endMs <= (area.startMs ?? -Infinity) || cue.startMs >= (area.endMs ?? Infinity)) return 0;
	if (!meetsAcross(cue, area)) return 0;
	const { top, bottom } = extentOf(cue, rows);
	return Math.max(0, Math.min(bottom, area.top + area.height) - Math.max(top, area.top));
}

/** A cue without a size may take the whole width. */
function meetsAcross(cue: Cue, area: PictureArea): boolean {
	const { size = 100, position = 50, positionAlign = 'center' } = cue.settings;
	const shift =
		positionAlign === 'line-left' ? 0 : positionAlign === 'line-right' ? size : size / 2;
	const left = position - shift;
	return left < area.left + area.width && left + size > area.left;
}

/** The same cue where its words stand at the bottom, as by default. */
export const atBottom = (cue: Cue): Cue => withPlace(cue, {});

/** The same cue with its first row at the top of the title-safe area. */
export const atTop = (cue: Cue): Cue => withPlace(cue, { line: SAFE_MARGIN, snapToLines: false });

/** The same cue, moved no further than needed to stand inside the title-safe area. */
export function movedInside(cue: Cue, rows: number): Cue {
	const { line, position } = cue.settings;
	const settings = { ...cue.settings };
	if (position !== undefined) settings.position = between(SAFE_MARGIN, position, 100 - SAFE_MARGIN);
	if (line !== undefined && settings.snapToLines === false) {
		const { top, bottom } = extentOf(cue, rows);
		const up = Math.max(0, bottom - (100 - SAFE_MARGIN));
		const down = Math.max(0, SAFE_MARGIN - top);
		settings.line = Math.round((line - up + down) * 100) / 100;
	}
	return { ...cue, settings };
}

const between = (low: number, value: number, high: number): number =>
	Math.min(high, Math.max(low, value));

function withPlace(cue: Cue, place: { line?: number; snapToLines?: false }): Cue {
	const settings = { ...cue.settings };
	delete settings.line;
	delete settings.snapToLines;
	delete settings.lineAlign;
	// A region has a place of its own, against which a line would count for nothing.
	delete settings.region;
	return { ...cue, settings: { ...settings, ...place } };
}

/**
 * Hands that sign move between the head and the hips (Klima and Bellugi, The Signs of Language,
 * 1979). Where somebody is filmed from the hips up, that is all but the lowest part of the picture.
 */
const SIGNING_HEIGHT = 75;

/**
 * Where signing needs the place in a film whose signer also does the work: everywhere above the
 * hips, but not while the hands work.
 * @param busy when the hands work
 */
export function signingAreas(busy: readonly { startMs: number; endMs: number }[]): PictureArea[] {
	const areas: PictureArea[] = [];
	let fromMs = 0;
	const add = (endMs?: number) =>
		areas.push({
			...{ left: 0, top: 0, width: 100, height: SIGNING_HEIGHT, startMs: fromMs },
			...(endMs !== undefined && { endMs })
		});
	for (const { startMs, endMs } of [...busy].sort((a, b) => a.startMs - b.startMs)) {
		if (startMs > fromMs) add(startMs);
		fromMs = Math.max(fromMs, endMs);
	}
	add();
	return areas;
}
