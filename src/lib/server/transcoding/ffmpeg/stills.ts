import { FRAME_RATE, FRAMES_PER_KEYFRAME } from '../plan.ts';
import { READING_ONLY_VIDEO_FILES } from './confined.ts';

export const POSTER_FILE = 'poster.jpg';
export const SPRITE_FILE = 'sprite.jpg';
export const THUMBNAILS_FILE = 'thumbnails.vtt';
export const STILL_FILE = 'still.jpg';
/** A card in a list of steps, on a screen of two pixels to the point. */
export const STILL_WIDTH = 480;

/** Both sides of a tile stay within it, so that portrait videos fit a seek bar too. */
const TILE_SIDE_MAX = 160;
const TILES_MAX = 100;
const COLUMNS_MAX = 10;
/** The rung that posters are cut from is not wider. */
export const POSTER_WIDTH_MAX = 1280;
const KEYFRAME_MS = (FRAMES_PER_KEYFRAME * 1000) / FRAME_RATE;

export type Sheet = {
	intervalMs: number;
	tiles: number;
	columns: number;
	rows: number;
	tileWidth: number;
	tileHeight: number;
};

/** One tile every 2 s, or fewer so that a hundred suffice; always on keyframes. */
export function sheetFor(durationMs: number, width: number, height: number): Sheet {
	const keyframes = Math.max(1, Math.ceil(durationMs / KEYFRAME_MS));
	const step = Math.ceil(keyframes / TILES_MAX);
	const tiles = Math.ceil(keyframes / step);
	const scale = Math.min(1, TILE_SIDE_MAX / Math.max(width, height));
	const columns = Math.min(COLUMNS_MAX, tiles);
	return {
		intervalMs: step * KEYFRAME_MS,
		tiles,
		columns,
		rows: Math.ceil(tiles / columns),
		tileWidth: Math.max(2, Math.round((width * scale) / 2) * 2),
		tileHeight: Math.max(2, Math.round((height * scale) / 2) * 2)
	};
}

/** The sheet from the smallest rung, of which only keyframes are decoded. */
export function spriteArguments(rungPath: string, sheet: Sheet): string[] {
	const step = Math.round(sheet.intervalMs / KEYFRAME_MS);
	const filters = [
		...(step > 1 ? [`select=not(mod(n\\,${step}))`] : []),
		`scale=${sheet.tileWidth}:${sheet.tileHeight}`,
		`tile=${sheet.columns}x${sheet.rows}`
	].join(',');
	return keyframeArguments(rungPath, filters, 5, SPRITE_FILE);
}

/** The poster from one segment, beginning with its keyframe. */
export function posterArguments(segmentPath: string): string[] {
	return keyframeArguments(segmentPath, 'null', 3, POSTER_FILE);
}

/** One frame of one segment, counted from the segment's first. */
export function stillArguments(segmentPath: string, frame: number): string[] {
	return jpegArguments(segmentPath, [], `select=eq(n\\,${frame})`, 2, STILL_FILE);
}

/** Only keyframes are decoded. */
function keyframeArguments(path: string, filters: string, quality: number, file: string): string[] {
	return jpegArguments(path, ['-skip_frame', 'nokey'], filters, quality, file);
}

function jpegArguments(
	path: string,
	decoding: string[],
	filters: string,
	quality: number,
	file: string
): string[] {
	return [
		...['-nostdin', '-hide_banner', '-v', 'error'],
		...READING_ONLY_VIDEO_FILES,
		...decoding,
		...['-i', `file:${path}`, '-map_metadata', '-1'],
		// What JPEG means everywhere (JFIF): full range in the BT.601 matrix.
		...['-vf', `${filters},scale=out_color_matrix=bt601:out_range=pc,format=yuvj420p`],
		...['-frames:v', '1', '-fps_mode', 'vfr'],
		...['-c:v', 'mjpeg', '-q:v', String(quality), '-update', '1', '-f', 'image2', file]
	];
}

/** WebVTT with one cue per tile, each naming its part of the sheet (Media Fragments, 4.2.2). */
export function thumbnailsOf(sheet: Sheet, durationMs: number): string {
	const cues = Array.from({ length: sheet.tiles }, (_, tile) => {
		const startMs = tile * sheet.intervalMs;
		const endMs = Math.min(startMs + sheet.intervalMs, durationMs);
		const x = (tile % sheet.columns) * sheet.tileWidth;
		const y = Math.floor(tile / sheet.columns) * sheet.tileHeight;
		const place = `${x},${y},${sheet.tileWidth},${sheet.tileHeight}`;
		return `${clock(startMs)} --> ${clock(endMs)}\n${SPRITE_FILE}#xywh=${place}\n`;
	});
	return ['WEBVTT\n', ...cues].join('\n');
}

function clock(ms: number): string {
	const part = (value: number, digits: number): string => String(value).padStart(digits, '0');
	const seconds = Math.floor(ms / 1000);
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	return `${part(hours, 2)}:${part(minutes, 2)}:${part(seconds % 60, 2)}.${part(ms % 1000, 3)}`;
}
