/** Words for where the film of a sign stands. */
import type { LocalClip, SignShelf } from '#lib/studio/signs/sign-shelf.svelte.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

type Standing = {
	word: string;
	icon: IconName;
	kind: 'neutral' | 'info' | 'success' | 'warning' | 'danger';
};

/** What this device holds comes first: it is newer than what the server has. */
export function standingOf(
	state: 'waiting' | 'preparing' | 'ready' | 'failed' | undefined,
	clip: LocalClip | undefined,
	shelf: SignShelf
): Standing {
	if (clip?.state === 'draft') return { word: m.signs_state_draft(), icon: 'eye', kind: 'warning' };
	if (clip && shelf.refusal?.clipId === clip.id)
		return { word: m.recording_refused_title(), icon: 'warning', kind: 'danger' };
	if (clip && shelf.isOffline)
		return { word: m.recording_state_offline(), icon: 'offline', kind: 'warning' };
	if (clip) {
		const percent = shelf.sendingId === clip.id ? Math.floor(shelf.share * 100) : 0;
		return { word: m.recording_state_sending({ percent }), icon: 'upload', kind: 'info' };
	}
	if (state === 'ready') return { word: m.signs_state_ready(), icon: 'check', kind: 'success' };
	if (state === 'failed') return { word: m.signs_state_failed(), icon: 'warning', kind: 'danger' };
	if (state) return { word: m.signs_state_preparing(), icon: 'clock', kind: 'info' };
	return { word: m.signs_state_none(), icon: 'sign-hands', kind: 'neutral' };
}

const failures = new Map<string, () => string>([
	['notAVideo', m.signs_failure_notAVideo],
	['noPicture', m.signs_failure_noPicture],
	['empty', m.signs_failure_empty],
	['tooLong', m.signs_failure_tooLong],
	['tooLarge', m.signs_failure_tooLarge],
	['damaged', m.signs_failure_damaged],
	['takesTooLong', m.signs_failure_tooLarge],
	['unreadable', m.pipeline_failure_unreadable],
	['diskFull', m.signs_failure_disk_full]
]);

/** What is wrong with a film of a sign and what to do, by the transcoder's code. */
export const clipFailureWords = (code: string | undefined): string =>
	(failures.get(code ?? '') ?? m.signs_failure_ourFault)();
