/** Words for what became of a video. */
import type { PublishNeed, TeachingMode, TrackKind } from '#lib/domain/lessons.ts';
import * as m from '#lib/words/compiled/messages.js';
import { trackWords } from '../../words-of.ts';

const failures = new Map<string, () => string>([
	['notAVideo', m.teach_failure_notAVideo],
	['noPicture', m.teach_failure_noPicture],
	['empty', m.teach_failure_empty],
	['tooLong', m.teach_failure_tooLong],
	['tooLarge', m.teach_failure_tooLarge],
	['damaged', m.teach_failure_damaged],
	['takesTooLong', m.teach_failure_takesTooLong]
]);

/** What is wrong with a video and what to do, by the transcoder's code. */
export const failureWords = (code: string | null): string =>
	(failures.get(code ?? '') ?? m.teach_failure_ourFault)();

/** 65900 → "1:05" */
export function lengthOf(ms: number): string {
	const seconds = Math.floor(ms / 1000);
	const two = (value: number) => String(value).padStart(2, '0');
	const [hours, minutes] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60];
	const tail = `${two(seconds % 60)}`;
	return hours > 0 ? `${hours}:${two(minutes)}:${tail}` : `${minutes}:${tail}`;
}

/** What is still missing, and where on the page it is mended. */
export function needWords(
	mode: TeachingMode,
	need: PublishNeed,
	failed: readonly TrackKind[]
): { word: string; href: string } {
	if (need === 'captions_missing')
		return { word: m.teach_need_captions_missing(), href: '#captions' };
	const kind: TrackKind = need.startsWith('sign') ? 'sign' : 'demonstration';
	const { title: name } = trackWords(mode, kind);
	const isAwaited = need.endsWith('not_ready') && !failed.includes(kind);
	const word = isAwaited ? m.teach_need_video_not_ready({ name }) : m.teach_need_video({ name });
	return { word, href: `#video-${kind}` };
}
