/**
 * What a caption file says, as plain data. Nothing here is HTML: `text` is a raw WebVTT payload
 * that only `payload.ts` takes apart, and no other file may put it into a page.
 */

/**
 * How a cue stands in the picture (WebVTT §3.3, names as in `VTTCue`). Absent means the default of
 * the standard, so that two ways of saying the same thing are equal.
 */
export interface CueSettings {
	/** Vertical text, growing to the left or to the right. */
	vertical?: 'rl' | 'lr';
	/** A line number (negative counts from the bottom), or a percentage if `snapToLines` is false. */
	line?: number;
	/** False if `line` is a percentage of the picture's height. */
	snapToLines?: false;
	lineAlign?: 'center' | 'end';
	/** Percent of the picture's width. */
	position?: number;
	positionAlign?: 'line-left' | 'center' | 'line-right';
	/** Percent of the picture's width. */
	size?: number;
	align?: 'start' | 'end' | 'left' | 'right';
	/** Id of a region of the same track. */
	region?: string;
	/** Settings as written that this reader does not know or could not use; kept for other players. */
	unknown?: string[];
}

export interface Cue {
	/** Empty if the file gives none; not necessarily unique. */
	id: string;
	/** From the start of the video, inclusive. */
	startMs: number;
	/** From the start of the video, exclusive. */
	endMs: number;
	/** Raw WebVTT cue payload: lines parted by `\n`, tags and character references unresolved. */
	text: string;
	settings: CueSettings;
	/** Comment blocks directly before this cue, raw; they follow the cue when cues are moved. */
	notesBefore?: string[];
}

/** A region (WebVTT §3.4); absent means the default of the standard. Anchors in percent. */
export interface CaptionRegion {
	id?: string;
	width?: number;
	lines?: number;
	regionAnchor?: Anchor;
	viewportAnchor?: Anchor;
	scroll?: 'up';
	unknown?: string[];
}

export interface Anchor {
	x: number;
	y: number;
}

export interface CaptionTrack {
	/** All that follows `WEBVTT` up to the first blank line, raw (` - title\nLanguage: zh`). */
	header: string;
	/** CSS of STYLE blocks. Never put it into a page of ours: it was written by whoever uploaded it. */
	styles: string[];
	regions: CaptionRegion[];
	/** Comment blocks before or between STYLE and REGION blocks, raw. */
	notesAtTop: string[];
	cues: Cue[];
	/** Comment blocks after the last cue, raw. */
	notesAtEnd: string[];
}

/** @returns a track without anything in it */
export const emptyTrack = (): CaptionTrack => ({
	header: '',
	styles: [],
	regions: [],
	notesAtTop: [],
	cues: [],
	notesAtEnd: []
});
