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
