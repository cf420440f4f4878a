/** One look at running play. */
import type { Gathering } from './gather.ts';
import type { Interruptions } from './interruptions.ts';
import * as members from './member.ts';
import type { Member } from './member.ts';
import { steer, type Course } from './steer.ts';

/** What play needs, when it cannot simply go on: a gathering, or to be given up. */
export type Need = Gathering['why'] | 'refused' | 'one only' | null;

export type Look = {
	need: Need;
	/** How soon a track comes to the end of its section, at most (lesson time). */
	leftMs: number;
};

/** Looks after all that play at lesson time `atMs`. */
export function run(all: Member[], atMs: number, course: Course, by: Interruptions): Look {
	const moving = all.filter((m) => members.takesPart(m, atMs) && !m.isHeld);
	const lefts = moving.map((m) => members.lastMs(m) - members.lessonMs(m));
	const look = (need: Need): Look => ({ need, leftMs: Math.min(...lefts) });

	const verdict = by.judge(moving, course.rate, course.nowMs);
	if (verdict === 'scattered') return look('start');
	if (verdict !== 'fine') return look(verdict);
	// There is nobody to be joined in passing: the one that comes back begins right here.
	const pictures = all.filter((m) => m.kind === 'picture' && m.parkedMs === null);
	const isAnyIn = pictures.some((m) => m.standing === 'in');
	if (!isAnyIn && pictures.some((m) => m.standing === 'joining')) return look('start');

	const { stalled, late } = steer(all, atMs, course);
	if (stalled.length > 0) return look('stall');
	if (course.jog.wantsRestart) return look('start');
	return look(late.length > 0 ? 'border' : null);
}
