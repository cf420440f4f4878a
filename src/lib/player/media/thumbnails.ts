/** Small pictures for the seek bar: WebVTT whose cues name a part of one sheet (Media Fragments 4.2.2). */

export type Thumbnail = {
	startMs: number;
	endMs: number;
	/** Absolute address of the sheet. */
	sheet: string;
	x: number;
	y: number;
	width: number;
	height: number;
};

const TIME = /(?:(\d+):)?(\d\d):(\d\d)\.(\d{3})/g;

const timesOf = (line: string): number[] =>
	[...line.matchAll(TIME)].map(
		([, hours = '0', minutes, seconds, ms]) =>
			((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(ms)
	);

/** Reads such a file; cues that name no part of a picture are passed over. */
export function thumbnailsIn(file: string, address: string): Thumbnail[] {
	return file.split(/\r?\n\r?\n/).flatMap((block) => {
		const [timing = '', target = ''] = block.split(/\r?\n/).slice(-2);
		const [startMs, endMs] = timesOf(timing);
		const part = /^(.+)#xywh=(?:pixel:)?(\d+),(\d+),(\d+),(\d+)\s*$/.exec(target);
		if (!part || startMs === undefined || endMs === undefined) return [];
		const [x = 0, y = 0, width = 0, height = 0] = part.slice(2).map(Number);
		return [{ startMs, endMs, sheet: new URL(part[1] ?? '', address).href, x, y, width, height }];
	});
}

/** Fetches and reads; without them the seek bar shows times only, so a failure is none. */
export async function fetchThumbnails(src: string): Promise<Thumbnail[]> {
	try {
		const answer = await fetch(src);
		return answer.ok ? thumbnailsIn(await answer.text(), answer.url) : [];
	} catch {
		return [];
	}
}
