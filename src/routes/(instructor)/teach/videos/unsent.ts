/** What is on its way from a browser: its own recordings beside what the server has of them. */
import type { TeachingMode, TrackKind } from '#lib/domain/lessons.ts';
import type { LocalTake } from '#lib/studio/recording/local-take.ts';

/** What the server says (see `unsent/+server.ts`). */
export type Told = {
	uploads: {
		id: string;
		kind: TrackKind;
		lessonId: string;
		takeId: string | null;
		fileName: string;
		sizeBytes: number;
		arrivedBytes: number;
		lessonTitle: string;
		teachingMode: TeachingMode;
		courseTitle: string;
	}[];
	lessons: { id: string; title: string; courseTitle: string }[];
	terms: { id: string; title: string; courseTitle: string }[];
	/** Takes that have arrived whole, though the browser may not have heard of it. */
	receivedIds: string[];
};
export type Upload = Told['uploads'][number];

export type Recording = {
	take: LocalTake;
	/** Undefined when it is gone, or not this person's to edit any more. */
	of: { title: string; courseTitle: string; href: string } | undefined;
	/** `broken`: its page was closed in the middle; what there is can be used. */
	state: 'recording' | 'broken' | 'draft' | 'waiting' | 'sending';
	/** What has arrived, 0 to 1. */
	share: number;
};

/** Each second of a recording is kept: after so many without one, nobody records it any more. */
const SILENT_MS = 5000;

export const emptyTold: Told = { uploads: [], lessons: [], terms: [], receivedIds: [] };

/** Of which lesson or course a recording is (the pages that record name owners so). */
export const placeOf = ({ owner }: LocalTake): string => owner.slice(owner.indexOf('/') + 1);

/** Recordings that have not arrived, in the order in which they were made. */
export function recordingsOf(takes: readonly LocalTake[], told: Told, nowMs: number): Recording[] {
	const isOnItsWay = ({ id }: LocalTake) => !told.receivedIds.includes(id);
	return takes.filter(isOnItsWay).map((take) => {
		const upload = told.uploads.find(({ takeId }) => takeId === take.id);
		const share = upload ? upload.arrivedBytes / upload.sizeBytes : 0;
		return { take, of: subjectOf(take, told), state: stateOf(take, share, nowMs), share };
	});
}

function subjectOf(take: LocalTake, told: Told): Recording['of'] {
	const place = placeOf(take);
	if (take.termId !== undefined) {
		const term = told.terms.find(({ id }) => id === take.termId);
		return term && { ...term, href: `/teach/courses/${place}/glossary/${term.id}` };
	}
	const lesson = told.lessons.find(({ id }) => id === place);
	return lesson && { ...lesson, href: `/teach/lessons/${place}/record` };
}

function stateOf(take: LocalTake, share: number, nowMs: number): Recording['state'] {
	if (take.state === 'draft') return 'draft';
	if (take.state === 'recording')
		return nowMs - take.recordedAt - take.lengthMs < SILENT_MS ? 'recording' : 'broken';
	return share > 0 ? 'sending' : 'waiting';
}

/** Notes which uploads grow: those are being sent by a page that is open. */
export class Growth {
	readonly #known = new Map<string, { bytes: number; grewMs: number }>();

	note(uploads: readonly Upload[], nowMs: number): void {
		for (const { id, arrivedBytes } of uploads) {
			const before = this.#known.get(id);
			if (before?.bytes !== arrivedBytes)
				this.#known.set(id, { bytes: arrivedBytes, grewMs: before ? nowMs : -Infinity });
		}
	}

	isMoving(id: string, nowMs: number): boolean {
		return nowMs - (this.#known.get(id)?.grewMs ?? -Infinity) < SILENT_MS;
	}
}
