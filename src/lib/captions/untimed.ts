/**
 * Lines that are written but have no time yet. They stand behind the captions as cues at the end
 * of all time, so that editing, finding and undoing treat them alike; in the file they are a note.
 */
import type { CaptionTrack, Cue } from './cue.ts';
import { sorted, withCues } from './edit.ts';
import { parseWebVtt, writeWebVtt } from './webvtt.ts';

const NEVER_MS = Number.MAX_SAFE_INTEGER;
const NOTE = 'NOTE lines without a time';

export const isTimed = (cue: Pick<Cue, 'startMs'>): boolean => cue.startMs < NEVER_MS;

/** How many of the captions have a time; they stand first. */
export function timedCount(cues: readonly Cue[]): number {
	const first = cues.findIndex((cue) => !isTimed(cue));
	return first < 0 ? cues.length : first;
}

/** @param text a WebVTT payload */
export const untimed = (text: string): Cue => ({
	id: '',
	startMs: NEVER_MS,
	endMs: NEVER_MS,
	text,
	settings: {}
});

/** The same without its time; its notes and settings stay. */
export const withoutTime = (cue: Cue): Cue => ({ ...cue, startMs: NEVER_MS, endMs: NEVER_MS });

/** The track as a file, lines without a time as a note at its end. */
export function toWebVtt(track: CaptionTrack): string {
	const count = timedCount(track.cues);
	const lines = track.cues.slice(count).map(({ text }) => `- ${escaped(text)}`);
	const file = withCues(track, track.cues.slice(0, count));
	const note = [NOTE, ...lines].join('\n');
	return writeWebVtt(lines.length > 0 ? { ...file, notesAtEnd: [...file.notesAtEnd, note] } : file);
}

/** What `toWebVtt` wrote, or any other WebVTT file. Cues stand in the order of their starts. */
export function fromWebVtt(text: string): CaptionTrack {
	const { track } = parseWebVtt(text);
	const isOurs = (note: string): boolean => note.split('\n')[0] === NOTE;
	const lines = track.notesAtEnd
		.filter(isOurs)
		.flatMap((note) => note.split('\n').slice(1))
		.filter((line) => line.startsWith('-'))
		.map((line) => untimed(unescaped(line.replace(/^- ?/, ''))));
	return {
		...track,
		cues: [...sorted(track.cues), ...lines],
		notesAtEnd: track.notesAtEnd.filter((note) => !isOurs(note))
	};
}

// A note is lines without an arrow; a payload may have line ends of its own.
const escaped = (text: string): string =>
	text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('-->', '--&gt;');
const unescaped = (line: string): string =>
	line.replace(/\\(.)/g, (_, letter: string) => (letter === 'n' ? '\n' : letter));
