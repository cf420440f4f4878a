/** Work that was handed in, made ready for a page by the server: it knows every problem's words. */
import type { WorkKind, WorkState } from '#lib/domain/handing-in.ts';
import * as m from '#lib/words/compiled/messages.js';
import { say } from '#lib/words/problems.ts';
import { failureWords } from '../(instructor)/teach/lessons/[lessonId]/track-words.ts';
import type { ShownWork } from './shown.ts';

type Work = {
	id: string;
	kind: WorkKind;
	state: WorkState;
	failureCode: string | null;
	width: number | null;
	height: number | null;
	durationMs: number | null;
};
const nameOf = (kind: WorkKind, number: number): string => {
	if (kind === 'photo') return m.handin_photo_number({ number });
	if (kind === 'video') return m.handin_video_number({ number });
	return kind === 'comment' ? m.handin_comment_name() : m.assess_signed_answer();
};

function failureOf({ kind, failureCode }: Work): string {
	if (kind === 'photo') return say({ code: failureCode ?? 'unknown' });
	if (failureCode === 'tooLong') return m.handin_too_long();
	if (failureCode === 'diskFull') return m.handin_disk_full();
	return failureCode === 'ourFault' ? m.handin_our_fault() : failureWords(failureCode);
}

/** Each with its name, by its place among those of its kind. */
export function shownWorks(works: readonly Work[]): ShownWork[] {
	return works.map((work, at) => {
		const { id, kind, state, width, height } = work;
		const number = works.slice(0, at).filter((one) => one.kind === kind).length + 1;
		const base = `/media/works/${id}`;
		const isThere = state === 'ready' && width !== null && height !== null;
		return {
			...{ id, kind, state, name: nameOf(kind, number) },
			...(state === 'failed' && { failure: failureOf(work) }),
			...(isThere && {
				media:
					kind === 'photo'
						? { src: `${base}/photo.jpg`, width, height }
						: { src: `${base}/clip.mp4`, poster: `${base}/poster.jpg`, width, height }
			})
		};
	});
}
