/** Caption files as people's programs write them. */
const times = (seconds: number, comma: string) =>
	`00:00:${String(seconds).padStart(2, '0')}${comma}000`;

/** An SRT of one cue every two seconds. */
export const srt = (lines: string[]): string =>
	lines
		.map(
			(line, n) =>
				`${n + 1}\r\n${times(2 * n, ',')} --> ${times(2 * n + 2, ',')}\r\n${line}\r\n\r\n`
		)
		.join('');

/** The same as WebVTT. */
export const webVtt = (lines: string[]): string =>
	`WEBVTT\n\n${lines
		.map((line, n) => `${times(2 * n, '.')} --> ${times(2 * n + 2, '.')}\n${line}\n`)
		.join('\n')}`;

/** As Windows' Notepad saves "Unicode". */
export const asUtf16 = (text: string): Buffer => Buffer.from(`\ufeff${text}`, 'utf16le');

/** 面 and 馅 as GB18030 writes them; the platform's decoder knows it, but Node has no encoder. */
export const asGb18030 = (text: string): Buffer => {
	const known: Record<string, number[]> = { 面: [0xc3, 0xe6], 馅: [0xcf, 0xda], 饼: [0xb1, 0xfd] };
	return Buffer.from([...text].flatMap((letter) => known[letter] ?? [...Buffer.from(letter)]));
};
