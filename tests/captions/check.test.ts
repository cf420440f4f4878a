import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { checkCaptions, mend, type AboutCaptions, type Finding } from '#lib/captions/check.ts';
import type { Cue, CueSettings } from '#lib/captions/cue.ts';
import { plainText } from '#lib/captions/payload.ts';
import { parseWebVtt } from '#lib/captions/webvtt.ts';
import { cues as anyCues } from './arbitrary.ts';

const ABOUT: AboutCaptions = { language: 'zh-CN', tier: 'full', durationMs: 60_000 };
const PLAIN: AboutCaptions = { ...ABOUT, tier: 'plain' };
const ENGLISH: AboutCaptions = { ...ABOUT, language: 'en' };
const cue = (
	startMs: number,
	endMs: number,
	text = '揉成面团。',
	settings: CueSettings = {}
): Cue => ({
	id: '',
	startMs,
	endMs,
	text,
	settings
});
const told = (cues: Cue[], about = ABOUT) =>
	checkCaptions(cues, about).map(({ rule, level, cue }) => `${rule} ${level} ${cue}`);
const hasFinding = (finding: Finding | undefined): Finding => {
	if (!finding) throw new Error('no such finding');
	return finding;
};
/** The first finding of a rule, mended. */
const mended = (cues: Cue[], rule: string, name: Finding['mends'][number], about = ABOUT) => {
	const finding = hasFinding(checkCaptions(cues, about).find((one) => one.rule === rule));
	expect(finding.mends).toContain(name);
	return mend(cues, finding, name, about);
};
const timesOf = (cues: Cue[]) => cues.map(({ startMs, endMs }) => [startMs, endMs]);

describe('what makes captions unusable must be mended', () => {
	test.each<[string, Cue[], string[]]>([
		['a caption without words', [cue(0, 2000, '<b> </b>')], ['empty must 0']],
		['two at one time', [cue(0, 2000), cue(1500, 4000)], ['overlap must 1']],
		['one after the end', [cue(59_000, 61_000)], ['beyondEnd must 0']],
		['four lines', [cue(0, 5000, '一\n二\n三\n四')], ['lineCount must 0']],
		['a line that fills the picture', [cue(0, 6900, '面'.repeat(49))], ['lineLength must 0']],
		['words nobody can read in time', [cue(0, 1000, '面'.repeat(13))], ['speed must 0']]
	])('%s', (_, cues, findings) => expect(told(cues)).toEqual(findings));
	test('the order of the file does not matter', () => {
		expect(told([cue(1500, 4000), cue(0, 2000)])).toEqual(['overlap must 0']);
	});
	test('a long caption counts against all that come while it stands', () => {
		expect(told([cue(0, 6000), cue(1000, 2000), cue(3000, 4000)])).toEqual([
			'overlap must 1',
			'overlap must 2'
		]);
	});
});

describe('what could be better is advice', () => {
	test.each<[string, Cue[], AboutCaptions, string[]]>([
		['three lines', [cue(0, 5000, '一\n二\n三')], ABOUT, ['lineCount advice 0']],
		['a long line', [cue(0, 5000, '面'.repeat(17))], ABOUT, ['lineLength advice 0']],
		['16 characters are no long line', [cue(0, 5000, '面'.repeat(16))], ABOUT, []],
		['10 characters a second', [cue(0, 1000, '面'.repeat(10))], ABOUT, ['speed advice 0']],
		['6 a second in plain words', [cue(0, 2000, '面'.repeat(12))], PLAIN, ['speed advice 0']],
		['6 a second in full', [cue(0, 2000, '面'.repeat(12))], ABOUT, []],
		[
			'180 words a minute',
			[cue(0, 3000, 'one two three four five six seven go by')],
			ENGLISH,
			['speed advice 0']
		],
		['half a second', [cue(0, 500, '好')], ABOUT, ['tooShort advice 0']],
		['eight seconds', [cue(0, 8000)], ABOUT, ['tooLong advice 0']],
		['no gap between two', [cue(0, 2000), cue(2000, 4000)], ABOUT, ['gap advice 1']],
		[
			'a place at the edge',
			[cue(0, 2000, '好', { line: 1, snapToLines: false })],
			ABOUT,
			['unsafePlace advice 0']
		],
		[
			'words over the hands',
			[cue(0, 2000)],
			{ ...ABOUT, handsAreas: [{ left: 20, top: 70, width: 60, height: 30 }] },
			['coversHands advice 0']
		],
		[
			'words over hands that are gone by then',
			[cue(0, 2000)],
			{ ...ABOUT, signAreas: [{ left: 20, top: 70, width: 60, height: 30, startMs: 2000 }] },
			[]
		]
	])('%s', (_, cues, about, findings) => expect(told(cues, about)).toEqual(findings));
});

describe('one tap mends', () => {
	test('long lines are broken', () => {
		const [one] = mended(
			[cue(0, 6000, '把糖浆倒进面粉里，用手慢慢揉成面团。')],
			'lineLength',
			'rebreak'
		);
		expect(one?.text).toBe('把糖浆倒进面粉里，\n用手慢慢揉成面团。');
	});
	test('a fast caption is given the free time after it, then before it', () => {
		const cues = [cue(0, 1000), cue(2000, 3000, '面'.repeat(13)), cue(3300, 5000)];
		expect(timesOf(mended(cues, 'speed', 'lengthen'))[1]).toEqual([1772, 3217]);
	});
	test('the one before ends in time', () => {
		expect(timesOf(mended([cue(0, 2000), cue(1500, 4000)], 'overlap', 'cutOverlap'))).toEqual([
			[0, 1417],
			[1500, 4000]
		]);
	});
	test('a long one is parted after its sentence, by length', () => {
		const [one, two] = mended([cue(0, 9000, '先放馅。再收口，搓圆。')], 'tooLong', 'split');
		expect([one?.text, two?.text]).toEqual(['先放馅。', '再收口，搓圆。']);
		expect((two?.startMs ?? 0) - (one?.endMs ?? 0)).toBe(83);
	});
	test('a short one joins its neighbour', () => {
		const [one, two] = mended(
			[cue(0, 400, '好。'), cue(500, 2500, '收口。')],
			'tooShort',
			'joinNext'
		);
		expect(one).toMatchObject({ startMs: 0, endMs: 2500, text: '好。\n收口。' });
		expect(two).toBeUndefined();
	});
	test('an empty one goes; a comment before it stays', () => {
		const empty = { ...cue(0, 2000, ''), notesBefore: ['NOTE 看这里'] };
		expect(mended([empty, cue(3000, 5000)], 'empty', 'remove')).toEqual([
			{ ...cue(3000, 5000), notesBefore: ['NOTE 看这里'] }
		]);
	});
	test('words move away from the hands', () => {
		const about = { ...ABOUT, handsAreas: [{ left: 20, top: 70, width: 60, height: 30 }] };
		const [one] = mended([cue(0, 2000)], 'coversHands', 'moveAway', about);
		expect(one?.settings).toEqual({ line: 5, snapToLines: false });
	});

	test.each([ABOUT, PLAIN, ENGLISH])(
		'whatever is offered mends its finding and makes nothing unusable ($language $tier)',
		(about) => {
			let tried = 0;
			fc.assert(
				fc.property(anyCues, fc.integer({ min: 5000, max: 20_000 }), (cues, durationMs) => {
					const here = { ...about, durationMs };
					const before = checkCaptions(cues, here);
					const count = (all: Finding[], is: (one: Finding) => boolean) => all.filter(is).length;
					const isMust = ({ level }: Finding) => level === 'must';
					for (const finding of before) {
						for (const name of finding.mends) {
							tried++;
							const after = checkCaptions(mend(cues, finding, name, here), here);
							const isSame = ({ rule, level }: Finding) =>
								rule === finding.rule && (finding.level === 'advice' || level === 'must');
							expect(count(after, isSame)).toBeLessThan(count(before, isSame));
							expect(count(after, isMust)).toBeLessThanOrEqual(count(before, isMust));
						}
					}
				}),
				{ numRuns: 150, endOnFailure: true }
			);
			expect(tried).toBeGreaterThan(150);
		}
	);
	test('mends that part and join lose no word', () => {
		const letters = (cues: Cue[]) =>
			cues
				.map(({ text }) => plainText(text).replace(/\s/g, ''))
				.join('')
				.split('')
				.sort()
				.join('');
		fc.assert(
			fc.property(anyCues, (cues) => {
				for (const finding of checkCaptions(cues, ABOUT)) {
					for (const name of finding.mends.filter((one) => one !== 'remove')) {
						expect(letters(mend(cues, finding, name, ABOUT))).toBe(letters(cues));
					}
				}
			})
		);
	});
});

test('twenty thousand captions, all of them wrong, are checked in time', () => {
	const cues = Array.from({ length: 20_000 }, (_, n) =>
		cue(n * 1000, n * 1000 + 1500, '把糖浆倒进面粉里，用手慢慢揉成面团。')
	);
	const began = process.cpuUsage();
	const findings = checkCaptions(cues, { ...ABOUT, durationMs: 20_000_000 });
	const { user } = process.cpuUsage(began);
	expect(findings.length).toBeGreaterThan(20_000);
	// A quadratic run takes minutes.
	expect(user / 1e6).toBeLessThan(12);
});

test.each(readdirSync('src/setup/demo').filter((name) => name.endsWith('.vtt')))(
	'the captions of the demo are usable: %s',
	(name) => {
		const { track } = parseWebVtt(readFileSync(`src/setup/demo/${name}`, 'utf8'));
		const language = name.includes('.en.') ? 'en' : 'zh-CN';
		const findings = checkCaptions(track.cues, {
			language,
			tier: 'full',
			hasMeaningfulSound: false
		});
		expect(findings.filter(({ level }) => level === 'must')).toEqual([]);
	}
);
