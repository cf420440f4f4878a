/**
 * The publish gate: what stands between a lesson and a deaf trainee (ATAG 2.0 B.3 and B.4). What is
 * a need blocks publishing; what is advice does not.
 */
import * as v from 'valibot';
import type { ConsentStanding } from './consents.ts';
import { line, MAX_REASON, oneOf } from './fields.ts';
import type {
	CaptionLanguage,
	CaptionTier,
	TeachingMode,
	TrackKind,
	TrackState
} from './lessons.ts';
import { tracksOf } from './lessons.ts';

/** Below it, fast hands blur (ITU-T H-Series Supplement 1: 20 a second can be used, 25 to 30 are good). */
export const MIN_SIGN_FRAME_RATE = 25;
/** A camera that says 25 films 24.9 now and then. */
const FRAME_RATE_TOLERANCE = 0.25;

export const PUBLISH_NEEDS = [
	'demonstration_missing',
	'demonstration_not_ready',
	'sign_missing',
	'sign_not_ready',
	'sign_frame_rate',
	'sign_incomplete',
	'captions_missing',
	'captions_faulty',
	'captions_empty_stretches',
	'steps_missing',
	'steps_without_pictures',
	'consent_missing',
	'consent_withdrawn',
	'consent_outdated',
	'consent_of_signer',
	'review_missing',
	'review_awaited',
	'review_changes',
	'review_outdated'
] as const;
export type PublishNeed = (typeof PUBLISH_NEEDS)[number];

/** What staff may let through, with a reason. Never a missing video, never a missing consent. */
export const EXCEPTION_TOPICS = ['sign', 'captions', 'steps', 'review'] as const;
export type ExceptionTopic = (typeof EXCEPTION_TOPICS)[number];

const NEVER_EXCEPTED: readonly PublishNeed[] = ['sign_missing', 'sign_not_ready'];

/** What an exception would have to be about; undefined where there can be none. */
export const topicOf = (need: PublishNeed): ExceptionTopic | undefined =>
	NEVER_EXCEPTED.includes(need)
		? undefined
		: EXCEPTION_TOPICS.find((topic) => need.startsWith(`${topic}_`));

export const TopicForm = v.object({ topic: oneOf(EXCEPTION_TOPICS) });
export const ExceptionForm = v.object({ ...TopicForm.entries, reason: line(MAX_REASON) });

export const REVIEW_STANDINGS = [
	'none',
	'asked',
	'changes_requested',
	'outdated',
	'approved'
] as const;
export type ReviewStanding = (typeof REVIEW_STANDINGS)[number];

/** All that the gate judges by; `tracks` are the current ones. */
export type GateFacts = {
	teachingMode: TeachingMode;
	tracks: readonly {
		kind: TrackKind;
		state: TrackState;
		/** Pictures a second as they were filmed; null where nobody measured it. */
		frameRate: number | null;
	}[];
	captions: readonly {
		language: CaptionLanguage;
		tier: CaptionTier;
		/** Findings that are musts, and lines that nobody sees because they have no time. */
		faults: number;
		/** Stretches so long that something is said in them, or it has to be said that nothing is. */
		emptyStretches: number;
	}[];
	/** Cues during which nobody signs. */
	unsignedCues: number;
	steps: { count: number; withoutPicture: number };
	consent: ConsentStanding;
	review: ReviewStanding;
	exceptions: readonly ExceptionTopic[];
};

/** Where a lesson stands on its way to trainees. */
export const LESSON_STATES = [
	'draft',
	'failed',
	'preparing',
	'in_review',
	'publishable',
	'published'
] as const;
export type LessonState = (typeof LESSON_STATES)[number];

/** One word for a list of lessons; a track the teaching mode does not want is not asked. */
export function lessonState(lesson: GateFacts & { isPublished: boolean }): LessonState {
	if (lesson.isPublished) return 'published';
	const needs = needsBeforePublishing(lesson);
	if (needs.length === 0) return 'publishable';
	const wanted = tracksOf(lesson.teachingMode);
	const states = lesson.tracks.flatMap(({ kind, state }) => (wanted.includes(kind) ? state : []));
	if (states.includes('failed')) return 'failed';
	if (states.includes('waiting') || states.includes('preparing')) return 'preparing';
	return needs.every((need) => need === 'review_awaited') ? 'in_review' : 'draft';
}

/** What still has to be done before trainees may see it, in the order in which one does it. */
export function needsBeforePublishing(lesson: GateFacts): PublishNeed[] {
	const needs = [
		...trackNeeds(lesson),
		...captionNeeds(lesson),
		...stepNeeds(lesson),
		...consentNeeds(lesson),
		...reviewNeeds(lesson)
	];
	return needs.filter((need) => {
		const topic = topicOf(need);
		return topic === undefined || !lesson.exceptions.includes(topic);
	});
}

/** Whether a reviewer can be asked: only what she decides herself is still open. */
export const isReviewable = (lesson: GateFacts): boolean =>
	needsBeforePublishing(lesson).every((need) => need.startsWith('review_'));

function trackNeeds({ teachingMode, tracks, unsignedCues }: GateFacts): PublishNeed[] {
	const needs: PublishNeed[] = [];
	const wanted = tracksOf(teachingMode);
	for (const kind of wanted) {
		const track = tracks.find((candidate) => candidate.kind === kind);
		if (!track) needs.push(`${kind}_missing`);
		else if (track.state !== 'ready') needs.push(`${kind}_not_ready`);
	}
	const signed = tracks.find(({ kind }) => kind === wanted.at(-1));
	const frameRate = signed?.state === 'ready' ? signed.frameRate : null;
	if (frameRate !== null && frameRate < MIN_SIGN_FRAME_RATE - FRAME_RATE_TOLERANCE)
		needs.push('sign_frame_rate');
	if (needs.length === 0 && unsignedCues > 0) needs.push('sign_incomplete');
	return needs;
}

function captionNeeds({ captions }: GateFacts): PublishNeed[] {
	// Plain words stand beside the full ones, never for them.
	if (!captions.some(({ tier }) => tier === 'full')) return ['captions_missing'];
	const needs: PublishNeed[] = [];
	if (captions.some(({ faults }) => faults > 0)) needs.push('captions_faulty');
	if (captions.some((one) => one.emptyStretches > 0)) needs.push('captions_empty_stretches');
	return needs;
}

function stepNeeds({ steps }: GateFacts): PublishNeed[] {
	if (steps.count === 0) return ['steps_missing'];
	return steps.withoutPicture > 0 ? ['steps_without_pictures'] : [];
}

const CONSENT_NEEDS: Record<ConsentStanding, PublishNeed[]> = {
	none: ['consent_missing'],
	withdrawn: ['consent_withdrawn'],
	outdated: ['consent_outdated'],
	only_hands: ['consent_of_signer'],
	given: []
};
const consentNeeds = ({ consent }: GateFacts): PublishNeed[] => CONSENT_NEEDS[consent];

const REVIEW_NEEDS: Record<ReviewStanding, PublishNeed[]> = {
	none: ['review_missing'],
	asked: ['review_awaited'],
	changes_requested: ['review_changes'],
	outdated: ['review_outdated'],
	approved: []
};
const reviewNeeds = ({ review }: GateFacts): PublishNeed[] => REVIEW_NEEDS[review];
