/** How a lesson is taught; each mode needs its own tracks before it can be published. */
export const TEACHING_MODES = [
	'signed_at_source',
	'spoken_with_sign_track',
	'silent_demonstration'
] as const;
export type TeachingMode = (typeof TEACHING_MODES)[number];

export const TRACK_KINDS = ['demonstration', 'sign'] as const;
export type TrackKind = (typeof TRACK_KINDS)[number];

export const TRACK_STATES = ['waiting', 'preparing', 'ready', 'failed'] as const;
export type TrackState = (typeof TRACK_STATES)[number];

/** How both pictures of a lesson stand in one video, for phones that play only one at a time. */
export const COMPOSITE_LAYOUTS = ['side', 'corner'] as const;
export type CompositeLayout = (typeof COMPOSITE_LAYOUTS)[number];

/** Written languages of captions. Sign languages are languages of video, never of captions. */
export const CAPTION_LANGUAGES = ['zh-CN', 'en'] as const;
export type CaptionLanguage = (typeof CAPTION_LANGUAGES)[number];

/** All that is said, or the same in fewer and easier words. Only full captions make a lesson whole. */
export const CAPTION_TIERS = ['full', 'plain'] as const;
export type CaptionTier = (typeof CAPTION_TIERS)[number];

/** The video tracks a lesson of this mode needs. A lesson signed at source has one video. */
export const tracksOf = (mode: TeachingMode): readonly TrackKind[] =>
	mode === 'signed_at_source' ? ['demonstration'] : ['demonstration', 'sign'];

/** What still stands between a lesson and a trainee; empty when it can be published. */
export type PublishNeed =
	| 'demonstration_missing'
	| 'demonstration_not_ready'
	| 'sign_missing'
	| 'sign_not_ready'
	| 'captions_missing';

/** Where a lesson stands on its way to trainees. */
export const LESSON_STATES = ['draft', 'failed', 'preparing', 'publishable', 'published'] as const;
export type LessonState = (typeof LESSON_STATES)[number];

/** The facts both rules below judge by; `tracks` are the current ones. */
export type LessonFacts = {
	teachingMode: TeachingMode;
	tracks: readonly { kind: TrackKind; state: TrackState }[];
	captionLanguages: readonly CaptionLanguage[];
};

/** One word for a list of lessons; a track the teaching mode does not want is not asked. */
export function lessonState(lesson: LessonFacts & { isPublished: boolean }): LessonState {
	if (lesson.isPublished) return 'published';
	if (needsBeforePublishing(lesson).length === 0) return 'publishable';
	const wanted = tracksOf(lesson.teachingMode);
	const states = lesson.tracks.flatMap(({ kind, state }) => (wanted.includes(kind) ? state : []));
	if (states.includes('failed')) return 'failed';
	if (states.includes('waiting') || states.includes('preparing')) return 'preparing';
	return 'draft';
}

/**
 * The publish gate: tracks by teaching mode, all of them ready, and captions in one language
 * at least.
 */
export function needsBeforePublishing(lesson: LessonFacts): PublishNeed[] {
	const needs: PublishNeed[] = [];
	for (const kind of tracksOf(lesson.teachingMode)) {
		const track = lesson.tracks.find((candidate) => candidate.kind === kind);
		if (!track) needs.push(`${kind}_missing`);
		else if (track.state !== 'ready') needs.push(`${kind}_not_ready`);
	}
	if (lesson.captionLanguages.length === 0) needs.push('captions_missing');
	return needs;
}
