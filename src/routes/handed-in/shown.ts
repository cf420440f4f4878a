/** Work that was handed in, as pages show it. */
import type { AppealReason } from '#lib/domain/appeals.ts';
import type { Pin } from '#lib/domain/assessing.ts';
import type { Hearing } from '#lib/domain/deciding.ts';
import type { SubmissionState, WorkKind, WorkState } from '#lib/domain/handing-in.ts';
import type { IconName } from '#lib/ui/icons.ts';
import * as m from '#lib/words/compiled/messages.js';

export type ShownWork = {
	id: string;
	kind: WorkKind;
	state: WorkState;
	/** What it is called: Photo 2. */
	name: string;
	/** What is wrong with it and what to do. */
	failure?: string;
	/** Where it lies, once it can be seen. */
	media?: { src: string; poster?: string; width: number; height: number };
};
export type NumberedPin = Pin & { number: number };

/** What stands on one picture, each with its number among all. */
export const pinsOn = (pins: readonly Pin[], workId: string): NumberedPin[] =>
	pins.map((pin, at) => ({ ...pin, number: at + 1 })).filter((pin) => pin.workId === workId);

type Shown = {
	icon: IconName;
	kind: 'neutral' | 'info' | 'success' | 'warning';
	word: () => string;
};
const STATES: Record<SubmissionState, Shown> = {
	draft: { icon: 'edit', kind: 'neutral', word: m.handin_state_draft },
	sent: { icon: 'clock', kind: 'info', word: m.handin_state_sent },
	looking: { icon: 'eye', kind: 'info', word: m.handin_state_looking },
	passed: { icon: 'check', kind: 'success', word: m.handin_state_passed },
	again: { icon: 'again', kind: 'warning', word: m.handin_state_again }
};
export const stateShown = (state: SubmissionState): Shown => STATES[state];

/** Names as a language puts them in a row. */
export const namesIn = (names: readonly string[], language: string): string =>
	new Intl.ListFormat(language, { type: 'conjunction' }).format(names);

/** Who looks and who is waited for, where two decide; never what anybody thinks. */
export function hearingWords({ given, looking }: Hearing): string {
	if (given >= 2) return looking > 0 ? m.deciding_look_third() : m.deciding_wait_third();
	if (given === 1) return looking > 0 ? m.deciding_look_second() : m.deciding_wait_second();
	if (looking === 0) return m.deciding_wait_two();
	return looking === 1 ? m.deciding_look_one() : m.deciding_look_two();
}

/** Reasons for an appeal, each with its drawing. */
export const APPEAL_REASONS_SHOWN: Record<AppealReason, { icon: IconName; word: () => string }> = {
	unseen: { icon: 'eye', word: m.appeal_reason_unseen },
	level: { icon: 'step', word: m.appeal_reason_level },
	unclear: { icon: 'help', word: m.appeal_reason_unclear }
};

const MINUTE_MS = 60_000;

/** How long something has waited, in the largest unit that says something. */
export function waitingWords(sinceIso: string, atIso: string): string {
	const minutes = Math.max(0, Math.floor((Date.parse(atIso) - Date.parse(sinceIso)) / MINUTE_MS));
	if (minutes < 1) return m.handin_waiting_now();
	if (minutes < 60) return m.handin_waiting_minutes({ count: minutes });
	const hours = Math.floor(minutes / 60);
	if (hours < 48) return m.handin_waiting_hours({ count: hours });
	return m.handin_waiting_days({ count: Math.floor(hours / 24) });
}
