import * as v from 'valibot';
import { READABLE_ALPHABET } from './codes.ts';
import { id, line, MAX_TITLE } from './fields.ts';

export const JOIN_CODE_LENGTH = 8;
export const MAX_PLACE = 120;
export const MAX_SEATS = 9999;
/** People who teach a class, and people in charge of it. */
const MAX_CLASS_STAFF = 20;

/** What somebody does for a class. */
export const CLASS_PARTS = ['instructor', 'in_charge'] as const;
export type ClassPart = (typeof CLASS_PARTS)[number];

const text = v.pipe(v.optional(v.string('required'), ''), v.trim());
const orNull = v.transform<string, string | null>((given) => given || null);

const isDay = (given: string): boolean => {
	const date = /^\d{4}-\d\d-\d\d$/.test(given) ? new Date(`${given}T00:00:00Z`) : undefined;
	// 2026-02-30 is read as a day of March.
	return date !== undefined && JSON.stringify(date).startsWith(`"${given}`);
};

/** A day without an hour, 2026-12-01; null where none is given. */
const day = v.pipe(
	text,
	v.check((given) => given === '' || isDay(given), 'day_odd'),
	orNull
);
const place = v.pipe(
	text,
	v.maxLength(MAX_PLACE, 'too_long'),
	v.regex(/^[^\p{Cc}]*$/u, 'odd_characters'),
	orNull
);
const seats = v.pipe(
	text,
	v.regex(/^(?:[1-9]\d{0,3})?$/, 'seats_odd'),
	v.transform((given) => (given === '' ? null : Number(given)))
);
const persons = v.pipe(v.array(id), v.maxLength(MAX_CLASS_STAFF, 'too_many_entries'));

/** How a class is run. Nothing of it must be known when the class is opened. */
const runEntries = {
	startsOn: day,
	endsOn: day,
	where: v.optional(v.picklist(['place', 'online'], 'choose_one'), 'place'),
	place,
	seats,
	instructorIds: persons,
	inChargeIds: persons
};

const endsAfterStart = ({ startsOn, endsOn }: { startsOn: string | null; endsOn: string | null }) =>
	startsOn === null || endsOn === null || startsOn <= endsOn;
const BOTH_DAYS = [['startsOn'], ['endsOn']] as const;

export const ClassRunForm = v.pipe(
	v.object({ title: line(MAX_TITLE), ...runEntries }),
	v.forward(v.partialCheck(BOTH_DAYS, endsAfterStart, 'ends_before_start'), ['endsOn'])
);
/** The new row's id is made with the page, so that a form sent twice opens one class. */
export const NewClassForm = v.pipe(
	v.object({ id, courseId: id, title: line(MAX_TITLE), ...runEntries }),
	v.forward(v.partialCheck(BOTH_DAYS, endsAfterStart, 'ends_before_start'), ['endsOn'])
);

export type ClassRun = Omit<v.InferOutput<typeof ClassRunForm>, 'title'>;
export type ClassInput = { courseId: string; title: string } & Partial<ClassRun>;

/** Several people are chosen under one name. */
export const classFields = (form: FormData) => ({
	...Object.fromEntries(form),
	instructorIds: form.getAll('instructorIds'),
	inChargeIds: form.getAll('inChargeIds')
});

/** As people type it: lower case, spaces and dashes do not matter. */
export const joinCode = v.pipe(
	v.string('required'),
	v.transform((code) => code.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '')),
	v.minLength(1, 'required'),
	v.regex(new RegExp(`^[${READABLE_ALPHABET}]{${JOIN_CODE_LENGTH}}$`), 'join_code_unknown')
);

/** Shown in two groups of four, so that it can be read out in fingers. */
export const formatJoinCode = (code: string): string => `${code.slice(0, 4)}-${code.slice(4)}`;
