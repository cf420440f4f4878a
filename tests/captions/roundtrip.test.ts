import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emptyTrack, type CaptionTrack, type Cue, type CueSettings } from '#lib/captions/cue.ts';
import { plainText } from '#lib/captions/payload.ts';
import { parseSrt, writeSrt } from '#lib/captions/srt.ts';
import { parseWebVtt, writeWebVtt } from '#lib/captions/webvtt.ts';

const PIECES = [
	'月饼',
	'<b>',
	'</b>',
	'<v 王>',
	'&amp;',
	'&',
	'<',
	'>',
	'--',
	'-',
	' ',
	'a',
	'{\\an8}'
];
PIECES.push('1', ':', '<c.red>', '</c>', 'STYLE', 'NOTE', '\ud83e\udd6e', '\u3000', '<i>', '&lt;');
const line = fc
	.array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 8 })
	.map((pieces) => pieces.join(''))
	.filter((text) => !text.includes('-->'));
const lines = fc.array(line, { maxLength: 3 }).map((all) => all.join('\n'));
const note = fc.option(lines, { nil: '' }).map((text) => (text ? `NOTE\n${text}` : 'NOTE'));
const percent = fc.nat(100_000).map((thousandths) => thousandths / 1000);
const token = fc.constantFrom('glow:1', 'line:top', 'x', '位置:上', 'region:none');

const settings: fc.Arbitrary<CueSettings> = fc
	.record(
		{
			vertical: fc.constantFrom('rl' as const, 'lr' as const),
			place: fc.record(
				{
					line: percent,
					snapToLines: fc.constant(false as const),
					lineAlign: fc.constantFrom('center' as const, 'end' as const)
				},
				{ requiredKeys: ['line'] }
			),
			across: fc.record(
				{
					position: percent,
					positionAlign: fc.constantFrom('line-left' as const, 'line-right' as const)
				},
				{ requiredKeys: ['position'] }
			),
			size: percent.filter((size) => size !== 100),
			align: fc.constantFrom('start' as const, 'end' as const, 'left' as const),
			region: fc.constant('low'),
			unknown: fc.array(token, { minLength: 1, maxLength: 3 })
		},
		{ requiredKeys: [] }
	)
	.map(({ place, across, ...rest }) => ({ ...rest, ...place, ...across }));

const cue: fc.Arbitrary<Cue> = fc.record(
	{
		id: fc.option(line, { nil: '' }),
		startMs: fc.nat(400_000_000),
		endMs: fc.nat(400_000_000),
		text: lines,
		settings,
		notesBefore: fc.array(note, { minLength: 1, maxLength: 2 })
	},
	{ requiredKeys: ['id', 'startMs', 'endMs', 'text', 'settings'] }
);

const track: fc.Arbitrary<CaptionTrack> = fc.record({
	header: lines.map((text) => (text ? `\n${text}` : '')),
	styles: fc.array(
		lines.filter((text) => text !== ''),
		{ maxLength: 2 }
	),
	regions: fc
		.record(
			{
				width: percent.filter((width) => width !== 100),
				lines: fc.nat(2),
				scroll: fc.constant('up' as const)
			},
			{ requiredKeys: [] }
		)
		.map((region) => [{ id: 'low', ...region }]),
	notesAtTop: fc.array(note, { maxLength: 2 }),
	cues: fc.array(cue, { maxLength: 5 }),
	notesAtEnd: fc.array(note, { maxLength: 2 })
});

test('a track that was written is read as the same track', () => {
	fc.assert(
		fc.property(track, (written) => {
			const { track: again, problems } = parseWebVtt(writeWebVtt(written));
			expect(again).toEqual(written);
			expect(problems.filter(({ code }) => code !== 'unknownSetting')).toEqual([]);
		}),
		{ numRuns: 500 }
	);
});

test('any text at all, read and written, is read the same again', () => {
	const pieces = [...PIECES, '\n', '\n\n', '\r', '\0', '00:01.000 --> 00:02.000', ' line:0', '-->'];
	const text = fc.array(fc.constantFrom(...pieces, 'REGION\nid:low', 'STYLE\na{}'), {
		maxLength: 40
	});
	fc.assert(
		fc.property(text, (all) => {
			const once = parseWebVtt(`WEBVTT\n\n${all.join('')}`).track;
			expect(parseWebVtt(writeWebVtt(once)).track).toEqual(once);
		}),
		{ numRuns: 1000 }
	);
});

test('whatever words an editor holds, a written file has the same cues at the same times', () => {
	const any = fc.string({ unit: 'binary', maxLength: 30 });
	const wild = fc.oneof(
		any,
		fc.array(fc.constantFrom(...PIECES, '\n', '\r', '-->', '00:01.000')).map((p) => p.join(''))
	);
	const timesOf = (cues: Cue[]) => cues.map(({ startMs, endMs }) => [startMs, endMs]);
	fc.assert(
		fc.property(fc.array(fc.tuple(wild, wild, fc.nat(99_999), fc.nat(99_999))), (all) => {
			const cues = all.map(([id, text, startMs, endMs]) => ({
				id,
				text,
				startMs,
				endMs,
				settings: {}
			}));
			const written = { ...emptyTrack(), cues };
			expect(timesOf(parseWebVtt(writeWebVtt(written)).track.cues)).toEqual(timesOf(cues));
			expect(timesOf(parseSrt(writeSrt(written)).track.cues)).toEqual(timesOf(cues));
		}),
		{ numRuns: 500 }
	);
});

test('SubRip keeps times and words', () => {
	const wordsOf = (text: string) =>
		plainText(text)
			.split('\n')
			.filter((each) => each.trim() !== '')
			.join('\n');
	fc.assert(
		fc.property(fc.array(cue, { maxLength: 5 }), (cues) => {
			const again = parseSrt(writeSrt({ ...emptyTrack(), cues })).track.cues;
			expect(again.map(({ startMs, endMs, text }) => [startMs, endMs, wordsOf(text)])).toEqual(
				cues.map(({ startMs, endMs, text }) => [startMs, endMs, wordsOf(text)])
			);
		}),
		{ numRuns: 500 }
	);
});
