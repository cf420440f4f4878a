/** Captions as people leave them behind: overlapping, too long, with markup, in any order. */
import fc from 'fast-check';
import type { Cue, CueSettings } from '#lib/captions/cue.ts';

const PIECES = [
	'和面',
	'月饼出来了',
	'，',
	'。',
	'200 度',
	' ',
	'\n',
	'<b>',
	'</b>',
	'<c.alert>',
	'</c>',
	'<ruby>饼<rt>bǐng</rt></ruby>',
	'&amp;',
	'&lt',
	'&amp',
	'&',
	'Knead the dough',
	'step',
	', ',
	'. ',
	'[敲门]',
	'“',
	'”',
	'\ud83e\udd6e'
];

export const payload = fc.array(fc.constantFrom(...PIECES), { maxLength: 14 }).map((pieces) =>
	pieces
		.join('')
		.replace(/\n+/g, '\n')
		.replace(/^\n|\n$/g, '')
);

export const cues: fc.Arbitrary<Cue[]> = fc.array(
	fc
		.record({
			start: fc.nat(12_000),
			length: fc.integer({ min: 1, max: 9000 }),
			text: payload,
			settings: fc.constantFrom<CueSettings>(
				{},
				{ line: 2, snapToLines: false as const },
				{ position: 1 },
				{ line: -1, unknown: ['glow:1'] }
			),
			notes: fc.constantFrom<string[] | undefined>(undefined, ['NOTE look'])
		})
		.map(({ start, length, text, settings, notes }) => ({
			id: '',
			startMs: start,
			endMs: start + length,
			text,
			settings,
			...(notes && { notesBefore: notes })
		})),
	{ maxLength: 9 }
);
