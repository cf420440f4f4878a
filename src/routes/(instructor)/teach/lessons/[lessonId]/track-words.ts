/** Words for what became of a video. */
import * as m from '#lib/words/compiled/messages.js';

const failures = new Map<string, () => string>([
	['notAVideo', m.teach_failure_notAVideo],
	['noPicture', m.teach_failure_noPicture],
	['empty', m.teach_failure_empty],
	['tooLong', m.teach_failure_tooLong],
	['tooLarge', m.teach_failure_tooLarge],
	['damaged', m.teach_failure_damaged],
	['takesTooLong', m.teach_failure_takesTooLong],
	['unreadable', m.pipeline_failure_unreadable],
	['diskFull', m.pipeline_failure_disk_full]
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
