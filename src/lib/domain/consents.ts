/**
 * The consent of everybody who can be recognised in a lesson (个人信息保护法, art. 28–30: a face is
 * sensitive information, asked for by itself and in plain words).
 */
import * as v from 'valibot';
import { MAX_NAME, oneOf } from './fields.ts';
import { type TeachingMode, type TrackKind, tracksOf } from './lessons.ts';

/** Whom it is about; `nobody`: the demonstration shows only hands. Whoever signs shows a face. */
export const FILMED = ['myself', 'other', 'nobody'] as const;
export type Filmed = (typeof FILMED)[number];

/** How it was given: by the person's own account, on paper, or signed on film. */
export const CONSENT_MEANS = ['account', 'paper', 'sign_video'] as const;
export type ConsentMeans = (typeof CONSENT_MEANS)[number];
/** What another person's consent may stand on. */
export const OTHERS_MEANS = ['paper', 'sign_video'] as const;

export const ConsentForm = v.pipe(
	v.object({
		who: oneOf(FILMED),
		personName: v.optional(
			v.pipe(
				v.string('required'),
				v.trim(),
				v.maxLength(MAX_NAME, 'too_long'),
				v.regex(/^[^\p{Cc}]*$/u, 'odd_characters')
			),
			''
		),
		means: v.optional(v.picklist(['', ...OTHERS_MEANS], 'choose_one'), '')
	}),
	v.forward(
		v.check(({ who, personName }) => who !== 'other' || personName !== '', 'required'),
		['personName']
	),
	v.forward(
		v.check(({ who, means }) => who !== 'other' || means !== '', 'choose_one'),
		['means']
	)
);
export type ConsentInput = v.InferOutput<typeof ConsentForm>;

/** Where a film is signed, which is never by hands alone. */
const signedTrackOf = (mode: TeachingMode): TrackKind | undefined => tracksOf(mode).at(-1);

/** Whom one may be about: where the only film is signed, somebody is to be seen in it. */
export const filmedIn = (mode: TeachingMode): readonly Filmed[] =>
	tracksOf(mode).length > 1 ? FILMED : FILMED.filter((who) => who !== 'nobody');

/**
 * `outdated`: given for films of which one has another in its place by now. `only_hands`: nobody
 * has agreed who signs.
 */
export const CONSENT_STANDINGS = ['none', 'withdrawn', 'outdated', 'only_hands', 'given'] as const;
export type ConsentStanding = (typeof CONSENT_STANDINGS)[number];

type FilmSent = { kind: TrackKind; sentAt: string };
type Noted = { who: Filmed; recordedAt: string; withdrawnAt: string | null };

/**
 * How a lesson's consents stand to the films it has now. One that was noted before a film was sent
 * says nothing about it: somebody else may be in it.
 */
export function consentStanding(
	mode: TeachingMode,
	tracks: readonly FilmSent[],
	consents: readonly Noted[]
): ConsentStanding {
	const films = tracks.filter(({ kind }) => tracksOf(mode).includes(kind));
	const newestAt = films.reduce((at, { sentAt }) => (sentAt > at ? sentAt : at), '');
	// Who took his consent back is to be seen until another film stands in the place of that one.
	if (consents.some(({ withdrawnAt }) => withdrawnAt !== null && withdrawnAt > newestAt))
		return 'withdrawn';
	const standing = consents.filter(({ withdrawnAt }) => withdrawnAt === null);
	if (standing.length === 0) return 'none';
	const about = ({ sentAt }: FilmSent) => standing.filter(({ recordedAt }) => recordedAt >= sentAt);
	if (films.some((film) => about(film).length === 0)) return 'outdated';
	const signed = films.find(({ kind }) => kind === signedTrackOf(mode));
	const isAgreed = (signed ? about(signed) : standing).some(({ who }) => who !== 'nobody');
	return isAgreed ? 'given' : 'only_hands';
}

/** Whether one still says something about every film: it need not be asked for again. */
export const isAboutAll = (
	mode: TeachingMode,
	tracks: readonly FilmSent[],
	{ recordedAt }: { recordedAt: string }
): boolean =>
	tracks.every(({ kind, sentAt }) => !tracksOf(mode).includes(kind) || recordedAt >= sentAt);
