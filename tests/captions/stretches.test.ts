/** Long stretches about which captions say nothing. */
import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AboutCaptions } from '#lib/captions/check.ts';
import { checkCaptions, stretchesOf } from '#lib/captions/check.ts';
import type { Cue } from '#lib/captions/cue.ts';
import { quietLabel, sayingNoSounds, saysNoSounds } from '#lib/captions/quiet.ts';
import { EMPTY_STRETCH_MS } from '#lib/captions/stretches.ts';
import { fromWebVtt, toWebVtt } from '#lib/captions/untimed.ts';
import { cues as anyCues } from './arbitrary.ts';

const ABOUT: AboutCaptions = { language: 'zh-CN', tier: 'full', durationMs: 60_000 };
const cue = (startMs: number, endMs: number, text = '揉面。'): Cue => ({
	...{ id: '', startMs, endMs, text, settings: {} }
});
const told = (cues: Cue[], about: AboutCaptions = ABOUT) =>
	stretchesOf(cues, about).map(
		({ rule, level, startMs, endMs }) => `${rule} ${level} ${startMs / 1000}–${endMs / 1000}`
	);
const many = (untilMs: number) =>
	Array.from({ length: untilMs / 5000 }, (_, n) => cue(n * 5000, n * 5000 + 4000));

describe('without captions', () => {
	test.each<[string, Cue[], AboutCaptions, string[]]>([
		['captions all along', many(60_000), ABOUT, []],
		['two captions at the beginning', many(10_000), ABOUT, ['uncovered must 9–60']],
		['nothing before the end', [cue(50_000, 60_000)], ABOUT, ['uncovered must 0–50']],
		['nothing at all', [], ABOUT, ['uncovered must 0–60']],
		['an empty caption is none', [cue(0, 60_000, ' ')], ABOUT, ['uncovered must 0–60']],
		[
			'a pause of 20 seconds',
			[...many(20_000), cue(39_000, 60_000)],
			ABOUT,
			['uncovered advice 19–39']
		],
		[
			'one that lasts from far before',
			[cue(0, 50_000), cue(1000, 2000), cue(50_000, 60_000)],
			ABOUT,
			[]
		],
		[
			'a label holds until words come again',
			[cue(0, 4000), cue(5000, 8000, quietLabel('zh-CN')), cue(25_000, 29_000)],
			ABOUT,
			['uncovered must 29–60']
		],
		['a label holds to the end', [cue(5000, 8000, quietLabel('en'))], ABOUT, []],
		[
			'work shown without a word',
			many(10_000),
			{ ...ABOUT, isSilent: true },
			['uncovered advice 9–60']
		],
		['plain words leave things out', many(10_000), { ...ABOUT, tier: 'plain' }, []],
		[
			'what comes after the last one is not known without a video',
			many(10_000),
			{ language: 'zh-CN', tier: 'full' },
			[]
		]
	])('%s', (_, cues, about, stretches) => expect(told(cues, about)).toEqual(stretches));
});

describe('without sounds', () => {
	const heard: AboutCaptions = { ...ABOUT, hasMeaningfulSound: true };
	const bell = (atMs: number) => cue(atMs, atMs + 2000, '[铃响]');
	test('a film in which none is told of is asked about as a whole', () => {
		expect(told(many(60_000), heard)).toEqual(['noSounds advice 0–60']);
		expect(told([...many(55_000), bell(56_000)], heard)).toEqual([]);
	});
	test('one bell at the beginning says nothing of the ten minutes after it', () => {
		const long = { ...heard, durationMs: 600_000 };
		const cues = [bell(0), ...many(600_000).slice(1)];
		expect(told(cues, long)).toEqual(['noSounds advice 2–600']);
		expect(told([...cues.slice(0, 60), bell(300_000), ...cues.slice(61)], long)).toEqual([
			'noSounds advice 2–300',
			'noSounds advice 302–600'
		]);
	});
	test('that there are no words is no sound', () => {
		expect(told([cue(0, 3000, quietLabel('zh-CN'))], heard)).toEqual(['noSounds advice 0–60']);
	});
	test('it is enough to say once that none matters', () => {
		expect(told(many(60_000), { ...heard, saysNoSounds: true })).toEqual([]);
	});
	test('saying so is a note in the file, which survives it and can be taken back', () => {
		const track = fromWebVtt('WEBVTT\n\n00:00.000 --> 00:02.000\n揉面\n\nNOTE ours\n');
		const said = fromWebVtt(toWebVtt(sayingNoSounds(sayingNoSounds(track, true), true)));
		expect(said.notesAtEnd).toEqual(['NOTE ours', 'NOTE no sounds that matter']);
		expect(saysNoSounds(said)).toBe(true);
		expect(sayingNoSounds(said, false)).toEqual(track);
	});
});

test('whatever the captions, stretches lie apart, inside the film, and touch no word', () => {
	fc.assert(
		fc.property(anyCues, fc.integer({ min: 1, max: 200_000 }), (cues, durationMs) => {
			const found = stretchesOf(cues, { ...ABOUT, durationMs });
			found.forEach(({ startMs, endMs }, index) => {
				expect(startMs).toBeGreaterThanOrEqual(found[index - 1]?.endMs ?? 0);
				expect(startMs).toBeLessThan(endMs);
			});
		})
	);
});

test('no mend makes a stretch empty: a caption that stands for all of it is not cut short', () => {
	const cues = [cue(0, 7000 + EMPTY_STRETCH_MS)];
	const about = { ...ABOUT, durationMs: 7000 + EMPTY_STRETCH_MS };
	const [finding] = checkCaptions(cues, about);
	expect(finding?.rule).toBe('tooLong');
	expect(finding?.mends).not.toContain('shorten');
	const [short] = checkCaptions([cue(0, 9000)], { ...ABOUT, durationMs: 9000 });
	expect(short?.mends).toContain('shorten');
});

test.each(readdirSync('src/setup/demo').filter((name) => name.endsWith('.vtt')))(
	'the demo says something all along: %s',
	(name) => {
		const { cues } = fromWebVtt(readFileSync(`src/setup/demo/${name}`, 'utf8'));
		const language = name.includes('.en.') ? 'en' : 'zh-CN';
		const durationMs = name.startsWith('demonstration') ? 40_000 : 22_000;
		expect(told(cues, { language, tier: 'full', durationMs })).toEqual([]);
	}
);
