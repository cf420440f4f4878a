import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
	CAPTION_LANGUAGES,
	type LessonFacts,
	lessonState,
	needsBeforePublishing,
	TEACHING_MODES,
	TRACK_KINDS,
	TRACK_STATES,
	tracksOf
} from '#lib/domain/lessons.ts';

const facts: fc.Arbitrary<LessonFacts> = fc.record({
	teachingMode: fc.constantFrom(...TEACHING_MODES),
	tracks: fc.uniqueArray(
		fc.record({ kind: fc.constantFrom(...TRACK_KINDS), state: fc.constantFrom(...TRACK_STATES) }),
		{ selector: ({ kind }) => kind }
	),
	captionLanguages: fc.uniqueArray(fc.constantFrom(...CAPTION_LANGUAGES))
});

const ready = (...kinds: (typeof TRACK_KINDS)[number][]) =>
	kinds.map((kind) => ({ kind, state: 'ready' as const }));

describe('before publishing', () => {
	test.each(TEACHING_MODES)('a lesson that is %s needs each of its videos and captions', (mode) => {
		const nothing: LessonFacts = { teachingMode: mode, tracks: [], captionLanguages: [] };
		expect(needsBeforePublishing(nothing)).toEqual([
			...tracksOf(mode).map((kind) => `${kind}_missing`),
			'captions_missing'
		]);
	});

	test('a lesson signed at source needs one video, the others two', () => {
		expect(TEACHING_MODES.map((mode) => tracksOf(mode).length)).toEqual([1, 2, 2]);
	});

	test.each(TRACK_STATES)('a video that is %s is enough only when it is ready', (state) => {
		const needs = needsBeforePublishing({
			teachingMode: 'signed_at_source',
			tracks: [{ kind: 'demonstration', state }],
			captionLanguages: ['en']
		});
		expect(needs).toEqual(state === 'ready' ? [] : ['demonstration_not_ready']);
	});

	test('one language of captions is enough', () => {
		for (const language of CAPTION_LANGUAGES)
			expect(
				needsBeforePublishing({
					teachingMode: 'silent_demonstration',
					tracks: ready('demonstration', 'sign'),
					captionLanguages: [language]
				})
			).toEqual([]);
	});

	test('a left-over sign track neither helps nor hinders a lesson signed at source', () => {
		fc.assert(
			fc.property(facts, fc.constantFrom(...TRACK_STATES), (lesson, state) => {
				const signed: LessonFacts = { ...lesson, teachingMode: 'signed_at_source' };
				const demonstration = signed.tracks.filter(({ kind }) => kind === 'demonstration');
				const left: LessonFacts = {
					...signed,
					tracks: [...demonstration, { kind: 'sign', state }]
				};
				const without: LessonFacts = { ...signed, tracks: demonstration };
				expect(needsBeforePublishing(left)).toEqual(needsBeforePublishing(without));
				expect(lessonState({ ...left, isPublished: false })).toBe(
					lessonState({ ...without, isPublished: false })
				);
			})
		);
	});
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
		expect(
			lessonState({
				teachingMode: 'spoken_with_sign_track',
				tracks: [
					{ kind: 'demonstration', state: demonstration },
					{ kind: 'sign', state: sign }
				],
				captionLanguages: [],
				isPublished: false
			})
		).toBe(state);
	});
});
