const TIMESTAMP = String.raw`(?:(\d+):)?(\d{2}):(\d{2})\.(\d{3})(?!\d)`;
// Only the outer ends are open, so both expressions fail in linear time.
const WHOLE = new RegExp(`^${TIMESTAMP}$`);
const LINE = new RegExp(String.raw`^[\t\f ]*${TIMESTAMP}[\t\f ]*-->[\t\f ]*${TIMESTAMP}`);

/**
 * Milliseconds of the parts of a timestamp, or undefined if a part is out of its range or the sum
 * cannot be kept exactly.
 */
export function milliseconds(
	hours: string | undefined,
	minutes: string | undefined,
	seconds: string | undefined,
	thousandths: string | undefined
): number | undefined {
	const minute = Number(minutes);
	const second = Number(seconds);
	if (minute > 59 || second > 59) return undefined;
	const sum = ((Number(hours ?? 0) * 60 + minute) * 60 + second) * 1000 + Number(thousandths ?? 0);
	return Number.isSafeInteger(sum) ? sum : undefined;
}

/** Reads a timestamp that fills the whole string (WebVTT §6.3 "collect a WebVTT timestamp"). */
export function parseTimestamp(text: string): number | undefined {
	const match = WHOLE.exec(text);
	return match ? milliseconds(match[1], match[2], match[3], match[4]) : undefined;
}

export interface Timing {
	startMs: number;
	endMs: number;
	/** What follows the second timestamp: the cue's settings, raw. */
	rest: string;
}

/**
 * Reads the line with the arrow (WebVTT §6.3 "collect WebVTT cue timings and settings"). As in the
 * standard, an end before the start is still a timing; `readCaptions` judges it.
 */
export function parseTimingLine(line: string): Timing | undefined {
	const match = LINE.exec(line);
	if (!match) return undefined;
	const startMs = milliseconds(match[1], match[2], match[3], match[4]);
	const endMs = milliseconds(match[5], match[6], match[7], match[8]);
	if (startMs === undefined || endMs === undefined) return undefined;
	return { startMs, endMs, rest: line.slice(match[0].length) };
}

/**
 * Writes `hh:mm:ss.ttt` (WebVTT §4.1), with a comma for SRT.
 *
 * @throws RangeError if the time is negative or not finite; part-milliseconds are rounded
 */
export function formatTimestamp(atMs: number, point: '.' | ',' = '.'): string {
	const rounded = Math.round(atMs);
	if (!(rounded >= 0) || !Number.isSafeInteger(rounded)) throw new RangeError(`no time: ${atMs}`);
	const two = (value: number) => String(value).padStart(2, '0');
	const seconds = Math.floor(rounded / 1000);
	const minutes = Math.floor(seconds / 60);
	const thousandths = String(rounded % 1000).padStart(3, '0');
	return `${two(Math.floor(minutes / 60))}:${two(minutes % 60)}:${two(seconds % 60)}${point}${thousandths}`;
}
