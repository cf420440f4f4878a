import { describe, expect, test } from 'vitest';
import { type LessonFacts, lessonState } from '#lib/domain/lessons.ts';

const ready = { kind: 'demonstration', state: 'ready' } as const;
const signReady = { kind: 'sign', state: 'ready' } as const;
const lesson = (facts: Partial<LessonFacts & { isPublished: boolean }>) =>
	lessonState({
		teachingMode: 'silent_demonstration',
		tracks: [],
		captionLanguages: [],
		isPublished: false,
		...facts
	});

describe('a lesson is', () => {
	test('a draft while nothing is there, or something is missing', () => {
		expect(lesson({})).toBe('draft');
		expect(lesson({ tracks: [ready], captionLanguages: ['en'] })).toBe('draft');
	});

	test('being prepared while a video of it is', () => {
		expect(lesson({ tracks: [ready, { kind: 'sign', state: 'waiting' }] })).toBe('preparing');
		expect(lesson({ tracks: [{ kind: 'sign', state: 'preparing' }] })).toBe('preparing');
	});

	test('in trouble when a video cannot be used, even while another is prepared', () => {
		const tracks = [
			{ kind: 'demonstration', state: 'failed' },
			{ kind: 'sign', state: 'preparing' }
		] as const;
		expect(lesson({ tracks })).toBe('failed');
	});

	test('publishable with its videos and captions in one language', () => {
		expect(lesson({ tracks: [ready, signReady], captionLanguages: ['en'] })).toBe('publishable');
	});

	test('not held up by a video that its way of teaching does not want', () => {
		const tracks = [ready, { kind: 'sign', state: 'failed' }] as const;
		const signed = { teachingMode: 'signed_at_source', tracks } as const;
		expect(lesson({ ...signed, captionLanguages: ['zh-CN'] })).toBe('publishable');
		expect(lesson(signed)).toBe('draft');
	});

	test('published once it is, whatever else', () => {
		expect(lesson({ isPublished: true })).toBe('published');
	});
});
