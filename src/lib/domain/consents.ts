/**
 * The consent of everybody who can be recognised in a lesson (个人信息保护法, art. 28–30: a face is
 * sensitive information, asked for by itself and in plain words).
 */
import * as v from 'valibot';
import { MAX_NAME, oneOf } from './fields.ts';

/** Whom it is about; `nobody`: only hands are to be seen, no face. */
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
