import * as v from 'valibot';
import { expect, test } from 'vitest';
import {
	Content,
	differencesBetween,
	filmsOf,
	PublishedContent,
	PublishForm
} from '#lib/domain/versions.ts';

const film = (id: string) => ({
	...{ id, digest: 'd', fileName: `${id}.mp4`, durationMs: 60_000 },
	...{ width: 1280, height: 720, hasSound: false }
});
const content = (other: Partial<Content> = {}): Content => ({
	...{ title: '揉面', summary: '', teachingMode: 'silent_demonstration', signOffsetMs: 0 },
	...{ demonstration: film('a'), sign: film('b'), sections: [], turns: [], areas: [] },
	captions: [{ id: '1', language: 'zh-CN', tier: 'full', webvtt: 'WEBVTT' }],
	steps: [
		{
			...{ id: 's', title: '和面', startMs: 0, endMs: 1000, note: '' },
			...{ pictureAtMs: 500, pictureTrackId: 'a' }
		}
	],
	...other
});
const whatOf = (other: Partial<Content>) =>
	differencesBetween(content(), content(other)).map(({ what }) => what);

test('nothing differs from itself, in whatever order it was read', () => {
	expect(differencesBetween(content(), content())).toEqual([]);
	const read = v.parse(Content, JSON.parse(JSON.stringify(content())));
	expect(differencesBetween(content(), read)).toEqual([]);
});

test('says what a trainee would notice, and what she would not is no difference', () => {
	const [step] = content().steps;
	expect(whatOf({ title: '包馅', summary: '…' })).toEqual(['title', 'summary']);
	expect(whatOf({ demonstration: film('c') })).toEqual(['demonstration']);
	expect(whatOf({ steps: step ? [{ ...step, note: '小心' }] : [] })).toEqual(['steps']);
	expect(whatOf({ steps: step ? [{ ...step, pictureTrackId: null }] : [] })).toEqual([]);
	const span = { startMs: 0, endMs: 900 };
	expect(whatOf({ turns: [{ ...span, hands: span }] })).toEqual(['turns']);
	expect(whatOf({ areas: [{ ...span, x: 0, y: 0, width: 9, height: 9 }] })).toEqual(['areas']);
});

test('where the sign video stands is said only of the same sign video', () => {
	expect(whatOf({ signOffsetMs: 500 })).toEqual(['placement']);
	expect(whatOf({ signOffsetMs: 500, sign: film('c') })).toEqual(['sign']);
	const sections = [{ lessonMs: 0, mediaMs: 0, lengthMs: 900 }];
	expect(whatOf({ sections })).toEqual(['placement']);
});

test('captions are told by language and tier', () => {
	const captions = [
		{ id: '1', language: 'zh-CN' as const, tier: 'plain' as const, webvtt: 'WEBVTT' },
		{ id: '2', language: 'en' as const, tier: 'full' as const, webvtt: 'WEBVTT' }
	];
	expect(differencesBetween(content(), content({ captions }))).toEqual([
		{ what: 'captions', language: 'zh-CN', tier: 'full', change: 'removed' },
		{ what: 'captions', language: 'zh-CN', tier: 'plain', change: 'added' },
		{ what: 'captions', language: 'en', tier: 'full', change: 'added' }
	]);
});

test('what was published has a video; a draft may have none', () => {
	const none = JSON.parse(JSON.stringify(content({ demonstration: undefined }))) as unknown;
	expect(v.is(Content, none)).toBe(true);
	expect(v.is(PublishedContent, none)).toBe(false);
});

test('videos are named by both; a line about the change is one line', () => {
	expect(filmsOf({ demonstrationId: 'a', signId: null })).toBe('a');
	expect(filmsOf({ demonstrationId: 'a', signId: 'b' })).toBe('a+b');
	expect(v.parse(PublishForm, {})).toEqual({ whatChanged: '' });
	expect(v.is(PublishForm, { whatChanged: '一\n二' })).toBe(false);
	expect(v.is(PublishForm, { whatChanged: '字'.repeat(121) })).toBe(false);
});
