/** What a file would become before anything becomes of it: its first lines, in each encoding it may be in. */
import { plainText } from './payload.ts';
import type { CaptionEncoding } from './decode.ts';
import { encodingsOf } from './encodings.ts';
import { readCaptions, type ReadCaptions } from './read.ts';

/** As many as fit on a phone beside those of another encoding. */
const SHOWN_CUES = 3;

export interface Look {
	encoding: CaptionEncoding;
	cueCount: number;
	/** The words of the first captions, for a person to say whether they are words. */
	firstWords: string[];
}

export type Looked = { ok: true; looks: [Look, ...Look[]] } | Extract<ReadCaptions, { ok: false }>;

/** Every way of reading it, the likeliest first; why it cannot be taken if there is none. */
export function lookAt(bytes: Uint8Array): Looked {
	const read = encodingsOf(bytes).map((encoding) => readCaptions(bytes, encoding));
	const [first, ...others] = read.flatMap((one) => (one.ok ? lookOf(one) : []));
	if (first) return { ok: true, looks: [first, ...others.filter((one) => isOther(one, first))] };
	const refused = read.find((one) => !one.ok) ?? readCaptions(bytes);
	return refused.ok ? { ok: true, looks: [lookOf(refused)] } : refused;
}

const lookOf = ({ encoding, track: { cues } }: Extract<ReadCaptions, { ok: true }>): Look => {
	// A caption in ASCII is the same in all of them.
	const telling = cues.filter(({ text }) => /[^\x00-\x7f]/.test(text));
	const shown = telling.length > 0 ? telling : cues;
	return {
		...{ encoding, cueCount: cues.length },
		firstWords: shown.slice(0, SHOWN_CUES).map(({ text }) => plainText(text))
	};
};

/** Two encodings that read the same words are no choice. */
const isOther = (one: Look, first: Look): boolean =>
	one.firstWords.join('\n') !== first.firstWords.join('\n');
