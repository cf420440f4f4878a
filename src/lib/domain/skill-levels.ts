/**
 * Skill-level certificates (职业技能等级证书) and honours: awarded by bodies that are registered for
 * it, recorded here from a document somebody has looked at. Nothing here issues one.
 */
import * as v from 'valibot';
import { AttachmentForm } from './attachments.ts';
import { line, MAX_TITLE, withoutPersonalNumber } from './fields.ts';

export const RECORD_KINDS = ['skill_level', 'honour'] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

/** The eight levels (新八级工), lowest first: 1 学徒工 to 8 首席技师. */
export const LADDER = [1, 2, 3, 4, 5, 6, 7, 8] as const;
export type SkillLevel = (typeof LADDER)[number];

const MAX_NUMBER = 60;

const level = v.pipe(
	v.optional(v.string(), ''),
	v.transform((text) => LADDER.find((one) => String(one) === text) ?? null)
);

/** A day that has been; by the clock of whoever is furthest ahead. */
const pastDay = v.pipe(
	v.string('required'),
	v.minLength(1, 'required'),
	v.isoDate('day_odd'),
	v.check((day) => Date.parse(day) <= Date.now() + 14 * 60 * 60_000, 'day_in_future')
);

export const RecordForm = v.pipe(
	v.object({
		...AttachmentForm.entries,
		kind: v.optional(v.picklist(RECORD_KINDS, 'choose_one'), '' as RecordKind),
		level,
		title: v.pipe(line(MAX_TITLE), withoutPersonalNumber),
		body: v.pipe(line(MAX_TITLE), withoutPersonalNumber),
		// Longer than a personal number, and yet nobody should write one here.
		number: v.pipe(
			v.optional(v.string(), ''),
			v.trim(),
			v.maxLength(MAX_NUMBER, 'too_long'),
			v.regex(/^[^\p{Cc}]*$/u, 'odd_characters'),
			withoutPersonalNumber
		),
		awardedOn: pastDay,
		isChecked: v.pipe(v.optional(v.string(), ''), v.literal('yes', 'original_not_seen'))
	}),
	v.forward(
		v.check(({ kind, level }) => kind !== 'skill_level' || level !== null, 'choose_one'),
		['level']
	),
	v.transform(({ isChecked: _, level, ...record }) => ({
		...record,
		level: record.kind === 'skill_level' ? level : null
	}))
);
export type RecordInput = v.InferOutput<typeof RecordForm>;

type Held = { kind: RecordKind; level: number | null };

/** The highest level somebody holds; 0: none yet. */
export const highestOf = (records: readonly Held[]): number =>
	Math.max(0, ...records.map(({ level }) => level ?? 0));
