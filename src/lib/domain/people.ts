import * as v from 'valibot';
import { line, MAX_NAME, MAX_PASSWORD, MIN_PASSWORD } from './fields.ts';

export const displayName = line(MAX_NAME);

/** Letters of any script, digits and `._-`; compared without case. */
export const signInName = v.pipe(
	line(40),
	v.transform((name) => name.normalize('NFKC').toLowerCase()),
	v.minLength(2, 'too_short'),
	v.regex(/^[\p{L}\p{N}._-]+$/u, 'sign_in_name_characters')
);

/** Any characters; length is what counts (ASVS 5.0 6.2.1: at least 8). Paste is welcome. */
export const password = v.pipe(
	v.string('required'),
	v.minLength(1, 'required'),
	v.minLength(MIN_PASSWORD, 'password_too_short'),
	v.maxLength(MAX_PASSWORD, 'too_long')
);

export const SignInForm = v.object({
	signInName: v.pipe(
		line(40),
		v.transform((name) => name.normalize('NFKC').toLowerCase())
	),
	password: v.pipe(
		v.string('required'),
		v.minLength(1, 'required'),
		v.maxLength(MAX_PASSWORD, 'too_long')
	)
});

/** A colleague, named by what she signs in with. */
export const ColleagueForm = v.object({ signInName: SignInForm.entries.signInName });

/** Somebody puts her own name right. */
export const NameForm = v.object({ displayName });

export const NewPersonForm = v.object({ displayName, signInName, password });
