import * as v from 'valibot';
import { READABLE_ALPHABET } from './codes.ts';
import { id, line, MAX_TITLE } from './fields.ts';

export const JOIN_CODE_LENGTH = 8;

export const ClassForm = v.object({ courseId: id, title: line(MAX_TITLE) });
export type ClassInput = v.InferOutput<typeof ClassForm>;

/** The new row's id is made with the page, so that a form sent twice opens one class. */
export const NewClassForm = v.object({ ...ClassForm.entries, id });

/** As people type it: lower case, spaces and dashes do not matter. */
export const joinCode = v.pipe(
	v.string('required'),
	v.transform((code) => code.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '')),
	v.minLength(1, 'required'),
	v.regex(new RegExp(`^[${READABLE_ALPHABET}]{${JOIN_CODE_LENGTH}}$`), 'join_code_unknown')
);

/** Shown in two groups of four, so that it can be read out in fingers. */
export const formatJoinCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;
