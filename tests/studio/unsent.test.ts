/** What is on its way from a browser: its own recordings beside what the server has of them. */
import { describe, expect, test } from 'vitest';
import type { LocalTake } from '#lib/studio/recording/local-take.ts';
import {
	emptyTold,
	Growth,
	recordingsOf,
	type Told,
	type Upload
} from '../../src/routes/(instructor)/teach/videos/unsent.ts';

const NOW = 1_000_000;
const aTake = (wishes: Partial<LocalTake> = {}): LocalTake => ({
	...{ id: 't', owner: 'p/l', state: 'kept', type: 'video/webm', startMs: 0, endMs: 5000 },
	...{ alignMs: 0, trimStartMs: 0, trimEndMs: 5000, lengthMs: 5000, sizeBytes: 900 },
	...{ recordedAt: NOW - 60_000, isUneven: false, ...wishes }
});
const upload: Upload = {
	...{ id: 'u', kind: 'sign', lessonId: 'l', takeId: 't', fileName: '0s.webm' },
	...{ sizeBytes: 1000, arrivedBytes: 250, lessonTitle: '揉面', courseTitle: '月饼' },
	teachingMode: 'silent_demonstration'
};
const told: Told = {
	...emptyTold,
	lessons: [{ id: 'l', title: '揉面', courseTitle: '月饼' }],
	terms: [{ id: 'w', title: '面粉', courseTitle: '月饼' }]
};
const one = (take: LocalTake, by: Told = told) => recordingsOf([take], by, NOW)[0];

describe('a recording that only this browser has', () => {
	test('names its lesson, and where it is gone on with', () => {
		expect(one(aTake())).toMatchObject({
			of: { title: '揉面', courseTitle: '月饼', href: '/teach/lessons/l/record' },
			...{ state: 'waiting', share: 0 }
		});
		expect(one(aTake({ owner: 'p/c', termId: 'w' }))?.of).toMatchObject({
			...{ title: '面粉', href: '/teach/courses/c/glossary/w' }
		});
	});
	test('says how far the server has it, and nothing of what it has whole', () => {
		expect(one(aTake(), { ...told, uploads: [upload] })).toMatchObject({
			...{ state: 'sending', share: 0.25 }
		});
		expect(one(aTake(), { ...told, receivedIds: ['t'] })).toBeUndefined();
	});
	test('is being made while its seconds come, and broken off when they stop', () => {
		const begun = { state: 'recording' as const, lengthMs: 4000 };
		expect(one(aTake({ ...begun, recordedAt: NOW - 5000 }))?.state).toBe('recording');
		expect(one(aTake({ ...begun, recordedAt: NOW - 50_000 }))?.state).toBe('broken');
		expect(one(aTake({ state: 'draft' }))?.state).toBe('draft');
	});
	test('of a lesson that is gone can only be taken out', () => {
		expect(one(aTake({ owner: 'p/gone' }))?.of).toBeUndefined();
	});
});

test('a file is being sent while it grows, and not because it was seen for the first time', () => {
	const growth = new Growth();
	growth.note([upload], NOW);
	expect(growth.isMoving('u', NOW)).toBe(false);
	growth.note([{ ...upload, arrivedBytes: 300 }], NOW + 1000);
	expect(growth.isMoving('u', NOW + 1000)).toBe(true);
	growth.note([{ ...upload, arrivedBytes: 300 }], NOW + 9000);
	expect(growth.isMoving('u', NOW + 9000)).toBe(false);
});
