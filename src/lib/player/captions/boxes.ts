/**
 * Where cues stand on the picture: WebVTT §7.2 "Processing cue settings" as plain computation, in
 * CSS pixels. Who calls lays out the words and measures them; here they are put in their place.
 */
import type { CaptionRegion, CueSettings } from '#lib/captions/cue.ts';

export type Box = { x: number; y: number; width: number; height: number };
export type Room = { width: number; height: number };

/** Layout is measured in whole pixels, so that less than one is no overlap. */
const SLACK_PX = 1;

/** §3.3 "cue computed line"; `tracksBefore` counts captions shown below these. */
export function computedLine({ line, snapToLines }: CueSettings, tracksBefore = 0): number {
	const isPercent = snapToLines === false;
	if (line === undefined) return isPercent ? 100 : -(tracksBefore + 1);
	return isPercent && (line < 0 || line > 100) ? 100 : line;
}

/** §3.3 "cue computed position", percent. */
export function computedPosition({ position, align }: CueSettings): number {
	return position ?? (align === 'left' ? 0 : align === 'right' ? 100 : 50);
}

/** §3.3 "cue computed position alignment". */
export function computedPositionAlign(
	{ positionAlign, align }: CueSettings,
	isRtl = false
): NonNullable<CueSettings['positionAlign']> {
	if (positionAlign) return positionAlign;
	if (align === 'left' || align === (isRtl ? 'end' : 'start')) return 'line-left';
	if (align === 'right' || align === (isRtl ? 'start' : 'end')) return 'line-right';
	return 'center';
}

/** §7.2 steps 2–5: where lines begin and how long they may be, percent of the room along them. */
export function lineRoom(settings: CueSettings, isRtl = false): { from: number; size: number } {
	const position = computedPosition(settings);
	const align = computedPositionAlign(settings, isRtl);
	const most = {
		'line-left': 100 - position,
		center: 2 * Math.min(position, 100 - position),
		'line-right': position
	}[align];
	const size = Math.min(settings.size ?? 100, most);
	return { from: position - { 'line-left': 0, center: size / 2, 'line-right': size }[align], size };
}

const isWithin = (box: Box, room: Room): boolean =>
	box.x >= -SLACK_PX &&
	box.y >= -SLACK_PX &&
	box.x + box.width <= room.width + SLACK_PX &&
	box.y + box.height <= room.height + SLACK_PX;

export const overlaps = (a: Box, b: Box): boolean =>
	a.x + SLACK_PX < b.x + b.width &&
	b.x + SLACK_PX < a.x + a.width &&
	a.y + SLACK_PX < b.y + b.height &&
	b.y + SLACK_PX < a.y + a.height;

const fits = (box: Box, room: Room, taken: readonly Box[]): boolean =>
	isWithin(box, room) && !taken.some((other) => overlaps(box, other));

const clamp = (at: number, size: number, room: number): number =>
	Math.max(0, Math.min(at, room - size));

export type Plan = {
	settings: CueSettings;
	/** As laid out; only its place along the line counts, across lines it is found here. */
	box: Box;
	/** Height of a line, or its width in vertical text. */
	lineSize: number;
	room: Room;
	/** What must stay visible: cues placed before, a signer. */
	taken: readonly Box[];
	/** What stays visible where there is room for that. */
	spared?: readonly Box[];
	tracksBefore?: number;
};

/**
 * §7.2 step 10. The standard removes a cue that fits nowhere; here it is shown all the same,
 * within the picture: words one cannot read at all are worse than words over words.
 */
export function place(plan: Plan): Box {
	const { settings, box, room, taken, spared = [] } = plan;
	const find = settings.snapToLines === false ? freely : onLines;
	const clear = find({ ...plan, taken: [...taken, ...spared] });
	const placed = clear.found ? clear : find(plan);
	// Lines go up and down only; beside a small picture on a low stage there may still be room.
	const found = placed.found ?? nearest(plan, placed.wanted);
	return (
		found ?? {
			...box,
			x: clamp(placed.wanted.x, box.width, room.width),
			y: clamp(placed.wanted.y, box.height, room.height)
		}
	);
}

type Placed = { found?: Box; wanted: Box };

/** With snap-to-lines: line by line away from where it was wanted, then the other way. */
function onLines({ settings, box, lineSize, room, taken, tracksBefore }: Plan): Placed {
	const [axis, extent] = settings.vertical ? (['x', 'width'] as const) : (['y', 'height'] as const);
	const isLeftward = settings.vertical === 'rl';
	let line = Math.floor(computedLine(settings, tracksBefore) + 0.5);
	if (isLeftward) line = -(line + 1);
	const start =
		lineSize * line + (isLeftward ? lineSize - box.width : 0) + (line < 0 ? room[extent] : 0);
	const step = line < 0 ? -lineSize : lineSize;
	const wanted = { ...box, [axis]: start };
	if (lineSize <= 0) return { wanted };
	const firstLine = isLeftward ? box.width - lineSize : 0;
	const isPast = (at: number, by: number): boolean =>
		by < 0 ? at + firstLine < 0 : at + firstLine + lineSize > room[extent];
	for (const by of [step, -step])
		for (let at = start; ; at += by) {
			const moved = { ...box, [axis]: at };
			if (fits(moved, room, taken)) return { found: moved, wanted };
			if (isPast(at, by)) break;
		}
	return { wanted };
}

/** Without: as near as can be to where it was wanted. */
function freely({ settings, box, room, taken }: Plan): Placed {
	const [axis, extent] = settings.vertical ? (['x', 'width'] as const) : (['y', 'height'] as const);
	const share = { start: 0, center: 0.5, end: 1 }[settings.lineAlign ?? 'start'];
	const at = (computedLine(settings) / 100) * room[extent] - share * box[extent];
	const wanted = { ...box, [axis]: at };
	return { found: nearest({ box, room, taken }, wanted), wanted };
}

/** The free place nearest to where it was wanted; of two as near, the higher, then the lefter. */
function nearest(
	{ box, room, taken }: Pick<Plan, 'box' | 'room' | 'taken'>,
	wanted: Box
): Box | undefined {
	// It touches something, or keeps one coordinate: only these can be it.
	const xs = [wanted.x, 0, room.width - box.width];
	const ys = [wanted.y, 0, room.height - box.height];
	for (const other of taken) {
		xs.push(other.x - box.width, other.x + other.width);
		ys.push(other.y - box.height, other.y + other.height);
	}
	const far = (one: Box): number => Math.hypot(one.x - wanted.x, one.y - wanted.y);
	const [found] = ys
		.flatMap((y) => xs.map((x) => ({ ...box, x, y })))
		.filter((one) => fits(one, room, taken))
		.sort((a, b) => far(a) - far(b) || a.y - b.y || a.x - b.x);
	return found;
}

/**
 * §7.1: a region as CSS. A line is a line of the viewer's letters, not the standard's 6vh, so that
 * larger ones find room: `--line` is its height in their size.
 */
export function regionStyle(region: CaptionRegion): string {
	const { width = 100, lines = 3 } = region;
	const anchor = region.regionAnchor ?? { x: 0, y: 100 };
	const at = region.viewportAnchor ?? { x: 0, y: 100 };
	return [
		`inline-size:${width}%`,
		`block-size:calc(${lines}em * var(--line))`,
		`left:${at.x - (anchor.x * width) / 100}%`,
		`top:calc(${at.y}% - ${(anchor.y * lines) / 100}em * var(--line))`
	].join(';');
}
