import { describe, expect, test } from 'vitest';
import { type GateFacts, lessonState } from '#lib/domain/gate.ts';
import { complete } from '../support/gate.ts';

const ready = { kind: 'demonstration', state: 'ready', frameRate: 30 } as const;
const of = (kind: 'demonstration' | 'sign', state: 'waiting' | 'preparing' | 'failed') => ({
	kind,
	state,
	frameRate: null
});
const lesson = (facts: Partial<GateFacts & { isPublished: boolean }>) =>
	lessonState({ ...complete('silent_demonstration'), isPublished: false, ...facts });

describe('a lesson is', () => {
	test('a draft while nothing is there, or something is missing', () => {
		expect(lesson({ tracks: [], captions: [] })).toBe('draft');
		expect(lesson({ tracks: [ready] })).toBe('draft');
		expect(lesson({ consent: 'none', review: 'asked' })).toBe('draft');
	});

	test('being prepared while a video of it is', () => {
		expect(lesson({ tracks: [ready, of('sign', 'waiting')] })).toBe('preparing');
		expect(lesson({ tracks: [of('sign', 'preparing')] })).toBe('preparing');
	});

	test('in trouble when a video cannot be used, even while another is prepared', () => {
		const tracks = [of('demonstration', 'failed'), of('sign', 'preparing')];
		expect(lesson({ tracks })).toBe('failed');
	});

	test('in review while all that is missing is what a reviewer says', () => {
		expect(lesson({ review: 'asked' })).toBe('in_review');
		expect(lesson({ review: 'changes_requested' })).toBe('draft');
	});

	test('publishable when nothing is missing, captions in one language being enough', () => {
		const english = { language: 'en', tier: 'full', faults: 0, emptyStretches: 0 } as const;
		expect(lesson({ captions: [english] })).toBe('publishable');
	});

	test('not held up by a video that its way of teaching does not want', () => {
		const tracks = [ready, of('sign', 'failed')];
		const signed = { teachingMode: 'signed_at_source', tracks } as const;
		expect(lesson(signed)).toBe('publishable');
		expect(lesson({ ...signed, captions: [] })).toBe('draft');
	});

	test('published once it is, whatever else', () => {
		expect(lesson({ isPublished: true })).toBe('published');
	});
});
