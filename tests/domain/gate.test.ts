import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { CONSENT_STANDINGS } from '#lib/domain/consents.ts';
import {
	EXCEPTION_TOPICS,
	type GateFacts,
	isReviewable,
	lessonState,
	needsBeforePublishing,
	type PublishNeed,
	REVIEW_STANDINGS,
	topicOf
} from '#lib/domain/gate.ts';
import {
	CAPTION_LANGUAGES,
	CAPTION_TIERS,
	TEACHING_MODES,
	type TeachingMode,
	TRACK_KINDS,
	TRACK_STATES,
	tracksOf
} from '#lib/domain/lessons.ts';
import { complete } from '../support/gate.ts';

const facts: fc.Arbitrary<GateFacts> = fc.record({
	teachingMode: fc.constantFrom(...TEACHING_MODES),
	tracks: fc.uniqueArray(
		fc.record({
			kind: fc.constantFrom(...TRACK_KINDS),
			state: fc.constantFrom(...TRACK_STATES),
			frameRate: fc.constantFrom(null, 15, 24, 25, 30)
		}),
		{ selector: ({ kind }) => kind }
	),
	captions: fc.uniqueArray(
		fc.record({
			language: fc.constantFrom(...CAPTION_LANGUAGES),
			tier: fc.constantFrom(...CAPTION_TIERS),
			faults: fc.nat(2),
			emptyStretches: fc.nat(2)
		}),
		{ selector: ({ language }) => language }
	),
	unsignedCues: fc.nat(2),
	steps: fc.record({ count: fc.nat(3), withoutPicture: fc.nat(2) }),
	consent: fc.constantFrom(...CONSENT_STANDINGS),
	review: fc.constantFrom(...REVIEW_STANDINGS),
	exceptions: fc.subarray([...EXCEPTION_TOPICS])
});

const CHINESE = { language: 'zh-CN', tier: 'full', faults: 0, emptyStretches: 0 } as const;
const needs = (mode: TeachingMode, change: Partial<GateFacts>): PublishNeed[] =>
	needsBeforePublishing({ ...complete(mode), ...change });

describe('before publishing', () => {
	test.each(TEACHING_MODES)('a lesson that is %s and has nothing lacks all of this', (mode) => {
		const nothing = {
			...{ tracks: [], captions: [], steps: { count: 0, withoutPicture: 0 } },
			...({ consent: 'none', review: 'none' } as const)
		};
		expect(needs(mode, nothing)).toEqual([
			...tracksOf(mode).map((kind) => `${kind}_missing`),
			...['captions_missing', 'steps_missing', 'consent_missing', 'review_missing']
		]);
		expect(needs(mode, {})).toEqual([]);
	});

	test('a lesson signed at source needs one video, the others two', () => {
		expect(TEACHING_MODES.map((mode) => tracksOf(mode).length)).toEqual([1, 2, 2]);
	});

	test.each(TRACK_STATES)('a video that is %s is enough only when it is ready', (state) => {
		const tracks = [{ kind: 'demonstration', state, frameRate: 30 }] as const;
		const expected = state === 'ready' ? [] : ['demonstration_not_ready'];
		expect(needs('signed_at_source', { tracks })).toEqual(expected);
	});

	test.each([
		[24, ['sign_frame_rate']],
		[24.9, []],
		[25, []],
		[null, []]
	])('hands filmed with %s pictures a second', (frameRate, expected) => {
		const tracks = [{ kind: 'demonstration', state: 'ready', frameRate }] as const;
		expect(needs('signed_at_source', { tracks })).toEqual(expected);
	});

	test('a slow demonstration is no hindrance where somebody else signs', () => {
		const [, sign] = complete('silent_demonstration').tracks;
		const slow = { kind: 'demonstration', state: 'ready', frameRate: 15 } as const;
		expect(needs('silent_demonstration', { tracks: sign ? [slow, sign] : [] })).toEqual([]);
	});

	test.each<[Partial<GateFacts>, PublishNeed]>([
		[{ unsignedCues: 1 }, 'sign_incomplete'],
		[{ captions: [{ ...CHINESE, faults: 1 }] }, 'captions_faulty'],
		[{ captions: [{ ...CHINESE, emptyStretches: 1 }] }, 'captions_empty_stretches'],
		[{ captions: [{ ...CHINESE, tier: 'plain' }] }, 'captions_missing'],
		[{ steps: { count: 3, withoutPicture: 1 } }, 'steps_without_pictures'],
		[{ consent: 'withdrawn' }, 'consent_withdrawn'],
		[{ consent: 'outdated' }, 'consent_outdated'],
		[{ consent: 'only_hands' }, 'consent_of_signer'],
		[{ review: 'asked' }, 'review_awaited'],
		[{ review: 'changes_requested' }, 'review_changes'],
		[{ review: 'outdated' }, 'review_outdated']
	])('%j is said as %s, and nothing else', (change, need) => {
		expect(needs('spoken_with_sign_track', change)).toEqual([need]);
	});

	test('a left-over sign track neither helps nor hinders a lesson signed at source', () => {
		fc.assert(
			fc.property(facts, fc.constantFrom(...TRACK_STATES), (lesson, state) => {
				const tracks = lesson.tracks.filter(({ kind }) => kind === 'demonstration');
				const without: GateFacts = { ...lesson, teachingMode: 'signed_at_source', tracks };
				const sign = { kind: 'sign', state, frameRate: 10 } as const;
				const left: GateFacts = { ...without, tracks: [...tracks, sign] };
				expect(needsBeforePublishing(left)).toEqual(needsBeforePublishing(without));
				expect(lessonState({ ...left, isPublished: false })).toBe(
					lessonState({ ...without, isPublished: false })
				);
			})
		);
	});
});

describe('an exception', () => {
	test('lets through what it is about, and nothing else', () => {
		fc.assert(
			fc.property(facts, fc.constantFrom(...EXCEPTION_TOPICS), (lesson, topic) => {
				const strict = needsBeforePublishing({ ...lesson, exceptions: [] });
				const lenient = needsBeforePublishing({ ...lesson, exceptions: [topic] });
				expect(lenient).toEqual(strict.filter((need) => topicOf(need) !== topic));
			})
		);
	});

	test('never stands for a video or for the consent of whoever is seen', () => {
		const nothing = { ...complete('silent_demonstration'), tracks: [], consent: 'none' } as const;
		expect(needsBeforePublishing({ ...nothing, exceptions: EXCEPTION_TOPICS })).toEqual([
			...['demonstration_missing', 'sign_missing', 'consent_missing']
		]);
	});
});

test('a reviewer is asked only when nothing but her word is missing', () => {
	const lesson = complete('silent_demonstration');
	expect(isReviewable({ ...lesson, review: 'none' })).toBe(true);
	expect(isReviewable({ ...lesson, review: 'none', consent: 'none' })).toBe(false);
});

describe("a lesson's one word", () => {
	test('is publishable exactly when nothing is needed', () => {
		fc.assert(
			fc.property(facts, (lesson) => {
				const isPublishable = lessonState({ ...lesson, isPublished: false }) === 'publishable';
				expect(isPublishable).toBe(needsBeforePublishing(lesson).length === 0);
			})
		);
	});

	test('is published whatever else is true', () => {
		fc.assert(
			fc.property(facts, (lesson) => {
				expect(lessonState({ ...lesson, isPublished: true })).toBe('published');
			})
		);
	});

	test.each([
		[['failed', 'preparing'], 'failed'],
		[['ready', 'waiting'], 'preparing'],
		[['preparing', 'ready'], 'preparing'],
		[['ready', 'ready'], 'draft']
	] as const)('with videos %j and no captions is %s', ([demonstration, sign], state) => {
		const tracks = [
			{ kind: 'demonstration', state: demonstration, frameRate: null },
			{ kind: 'sign', state: sign, frameRate: null }
		] as const;
		const lesson = { ...complete('spoken_with_sign_track'), tracks, captions: [] };
		expect(lessonState({ ...lesson, isPublished: false })).toBe(state);
	});
});
