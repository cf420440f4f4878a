import { emptyTrack, type CaptionTrack, type Cue } from './cue.ts';
import { quote, type CaptionProblem, type ParsedCaptions } from './problem.ts';
import { parseRegion, writeRegion } from './region.ts';
import { parseCueSettings, writeCueSettings } from './settings.ts';
import { formatTimestamp, parseTimingLine } from './timing.ts';

const SIGNATURE = /^WEBVTT(?=[ \t\n]|$)/;
const STYLE_LINE = /^STYLE[\t\f ]*$/;
const REGION_LINE = /^REGION[\t\f ]*$/;

/** Whether a text carries the file signature (WebVTT §6.1). A byte order mark may stand before it. */
export const isWebVtt = (text: string): boolean =>
	/^\ufeff?WEBVTT(?=[ \t\r\n]|$)/.test(text.slice(0, 8));

/** One line form for all later steps (WebVTT §6.1, first step); a byte order mark goes as well. */
export const normalLines = (text: string): string[] =>
	text
		.replace(/^\ufeff/, '')
		.replace(/\0/g, '\ufffd')
		.replace(/\r\n?/g, '\n')
		.split('\n');

/**
 * Reads a WebVTT file as the standard says (§6.1 "WebVTT parser algorithm"), so that the same cues
 * come out as in a browser. Beyond it, the parser keeps what the standard throws away (comments,
 * settings it does not know) and tells what went wrong where; it judges nothing else.
 *
 * Never throws: a text without signature gives an empty track and the problem `notCaptions`.
 */
export function parseWebVtt(text: string): ParsedCaptions {
	const lines = normalLines(text);
	const signature = lines[0] ?? '';
	if (!SIGNATURE.test(signature)) {
		return {
			track: emptyTrack(),
			cueLines: [],
			styleLines: [],
			problems: [{ code: 'notCaptions', line: 1, found: quote(signature) }]
		};
	}
	return new Reading(lines).run();
}

/** The variables the algorithm of §6.1 carries from block to block. */
class Reading {
	readonly #lines: string[];
	readonly #track: CaptionTrack = emptyTrack();
	readonly #cueLines: number[] = [];
	readonly #styleLines: number[] = [];
	readonly #problems: CaptionProblem[] = [];
	readonly #regionIds = new Set<string>();
	/** Comments whose place is known only when the next block is. */
	#notes: string[] = [];
	/** Index of the line to be read next: `position` of the standard. */
	#at = 1;

	constructor(lines: string[]) {
		this.#lines = lines;
	}

	run(): ParsedCaptions {
		this.#header();
		for (;;) {
			while (this.#lines[this.#at] === '') this.#at++;
			if (this.#at >= this.#lines.length) break;
			this.#block();
		}
		this.#track.notesAtEnd = this.#notes;
		return {
			track: this.#track,
			cueLines: this.#cueLines,
			styleLines: this.#styleLines,
			problems: this.#problems
		};
	}

	#header(): void {
		const header = [(this.#lines[0] ?? '').slice('WEBVTT'.length)];
		for (; this.#at < this.#lines.length; this.#at++) {
			const line = this.#lines[this.#at] ?? '';
			// A file without the blank line after its header still has its first cue.
			if (line === '' || line.includes('-->')) break;
			header.push(line);
		}
		this.#track.header = header.join('\n');
	}

	/** "Collect a WebVTT block" (§6.1), without the header flag. */
	#block(): void {
		const first = this.#at;
		let previous = first;
		let buffer: string[] = [];
		let kind: 'note' | 'style' | 'region' | 'brokenCue' = 'note';
		let cue: Cue | undefined;
		let hasArrow = false;
		while (this.#at < this.#lines.length) {
			const index = this.#at++;
			const line = this.#lines[index] ?? '';
			if (line.includes('-->')) {
				if (index !== first && (index !== first + 1 || hasArrow)) {
					this.#at = previous;
					break;
				}
				hasArrow = true;
				previous = this.#at;
				cue = this.#cue(line, index, buffer.join('\n'));
				if (cue) buffer = [];
				else kind = 'brokenCue';
				continue;
			}
			if (line === '') break;
			if (index === first + 1 && !hasArrow) {
				kind = this.#kindOf(buffer[0] ?? '');
				if (kind !== 'note') buffer = [];
			}
			buffer.push(line);
			previous = this.#at;
		}
		const text = buffer.join('\n');
		if (cue) cue.text = text;
		else if (kind === 'note') this.#note(text, first);
		else if (kind !== 'brokenCue') this.#topBlock(kind, text, first + 1);
	}

	#kindOf(firstLine: string): 'note' | 'style' | 'region' {
		if (this.#track.cues.length > 0) return 'note';
		return STYLE_LINE.test(firstLine) ? 'style' : REGION_LINE.test(firstLine) ? 'region' : 'note';
	}

	#topBlock(kind: 'style' | 'region', text: string, line: number): void {
		// One by one: a hostile file has more comments than a call may have arguments.
		for (const note of this.#takeNotes()) this.#track.notesAtTop.push(note);
		if (kind === 'style') {
			this.#track.styles.push(text);
			this.#styleLines.push(line);
			return;
		}
		const region = parseRegion(text);
		this.#track.regions.push(region);
		if (region.id !== undefined) this.#regionIds.add(region.id);
	}

	/** Reads the line with the arrow; undefined (and a problem) if it gives no times. */
	#cue(line: string, index: number, id: string): Cue | undefined {
		const number = this.#track.cues.length + 1;
		const timing = parseTimingLine(line);
		if (!timing) {
			this.#problems.push({ code: 'badTiming', line: index + 1, found: quote(line) });
			return undefined;
		}
		const { startMs, endMs, rest } = timing;
		const settings = parseCueSettings(rest, this.#regionIds);
		for (const token of settings.unknown ?? []) {
			const found = quote(token);
			this.#problems.push({ code: 'unknownSetting', line: index + 1, cue: number, found });
		}
		const cue: Cue = { id, startMs, endMs, text: '', settings };
		const notes = this.#takeNotes();
		if (notes.length > 0) cue.notesBefore = notes;
		this.#track.cues.push(cue);
		this.#cueLines.push(index + 1);
		return cue;
	}

	#note(text: string, index: number): void {
		if (!isTopBlock(text)) {
			this.#notes.push(text);
			return;
		}
		// Were it kept as it is, it would come alive if the cues before it were taken away.
		this.#notes.push(`NOTE\n${text}`);
		this.#problems.push({ code: 'lateBlock', line: index + 1, found: quote(text) });
	}

	#takeNotes(): string[] {
		const notes = this.#notes;
		this.#notes = [];
		return notes;
	}
}

/** Whether a block would be a style sheet or a region if it stood before the first cue. */
function isTopBlock(text: string): boolean {
	const end = text.indexOf('\n');
	if (end < 0) return false;
	const first = text.slice(0, end);
	return STYLE_LINE.test(first) || REGION_LINE.test(first);
}

/**
 * Writes a WebVTT file (§4.1) in UTF-16 code units with `\n` as line end. What `parseWebVtt` gave
 * comes back equal from it. What an editor put in is mended where it would break the file, so that
 * no text can end its cue or start another one: blank lines go, an arrow is written `--&gt;` in a
 * cue and `-- >` elsewhere.
 *
 * @throws RangeError if a time is negative or not finite
 */
export function writeWebVtt(track: CaptionTrack): string {
	const blocks = [
		[writeHeader(track.header)],
		track.notesAtTop.map(writeNote),
		track.regions.map((region) => ['REGION', ...writeRegion(region)].join('\n')),
		track.styles.map(writeStyle),
		track.cues.flatMap((cue) => [...(cue.notesBefore ?? []).map(writeNote), writeCue(cue)]),
		track.notesAtEnd.map(writeNote)
	];
	return (
		blocks
			.flat()
			.filter((block) => block !== '')
			.join('\n\n') + '\n'
	);
}

function writeHeader(header: string): string {
	const [first = '', ...rest] = normalLines(header);
	const space = first === '' || /^[ \t]/.test(first) ? '' : ' ';
	const block = withoutArrow(fullLines(rest.join('\n')));
	return `WEBVTT${space}${first}${block ? `\n${block}` : ''}`;
}

function writeStyle(style: string): string {
	const css = withoutArrow(fullLines(style));
	return css ? `STYLE\n${css}` : '';
}

function writeNote(note: string): string {
	const text = withoutArrow(fullLines(note));
	return isTopBlock(text) ? `NOTE\n${text}` : text;
}

function writeCue(cue: Cue): string {
	const settings = writeCueSettings(cue.settings);
	const times = `${formatTimestamp(cue.startMs)} --> ${formatTimestamp(cue.endMs)}`;
	const id = withoutArrow(fullLines(cue.id).replaceAll('\n', ' '));
	const text = fullLines(cue.text).replaceAll('-->', '--&gt;');
	const lines = [id, settings ? `${times} ${settings}` : times, text];
	return lines.filter((line) => line !== '').join('\n');
}

const fullLines = (text: string): string =>
	normalLines(text)
		.filter((line) => line !== '')
		.join('\n');

/** Outside cues there are no character references, so a space has to part the arrow. */
const withoutArrow = (text: string): string => text.replaceAll('-->', '-- >');
