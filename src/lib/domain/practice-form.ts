/** A practice task as its form shows it and sends it back: everything is text, each at its place. */
import * as v from 'valibot';
import { id, isId, line, lines } from './fields.ts';
import {
	LEVELS,
	type Level,
	MAX_ALT,
	MAX_CRITERIA,
	MAX_CRITERION,
	MAX_DESCRIPTION,
	MAX_INSTRUCTIONS,
	MAX_PHOTOS,
	MAX_TASK_TITLE,
	MAX_VIDEOS,
	MIN_LEVELS,
	mostPoints,
	type Task
} from './practice.ts';
import { revisionOrNone } from './timeline.ts';

/** What a level's picture is kept as, and what is to be seen in it. */
export type PicturePart = `${Level}Picture` | `${Level}Alt`;
export type RawCriterion = { id: string; title: string; isMust: string } & Record<
	Level | PicturePart,
	string
>;
export type RawTask = Record<
	'title' | 'instructions' | 'photos' | 'videos' | 'passPoints' | 'assessors',
	string
> & {
	criteria: RawCriterion[];
};

const PICTURE_PARTS = LEVELS.flatMap((level): PicturePart[] => [`${level}Picture`, `${level}Alt`]);
const PARTS = ['id', 'title', 'isMust', ...LEVELS, ...PICTURE_PARTS] as const;
const FIELD = new RegExp(`^criteria\\.(\\d{1,2})\\.(${PARTS.join('|')})$`);

export const blankCriterion = (): RawCriterion => ({
	...{ id: '', title: '', isMust: '' },
	...{ great: '', good: '', nearly: '', notYet: '' },
	...{ greatPicture: '', goodPicture: '', nearlyPicture: '', notYetPicture: '' },
	...{ greatAlt: '', goodAlt: '', nearlyAlt: '', notYetAlt: '' }
});

/** What the server gives it: its own id, and its pictures' ids with what is said of them. */
export const idsOf = (raw: RawCriterion): Partial<RawCriterion> => ({
	id: raw.id,
	...Object.fromEntries(PICTURE_PARTS.map((part) => [part, raw[part]]))
});

/** Nobody has written anything into it. */
export const isBlank = (raw: RawCriterion): boolean =>
	[raw.title, ...[...LEVELS, ...PICTURE_PARTS].map((part) => raw[part])].every(
		(text) => text.trim() === ''
	);

/** The criteria in a form's fields (`criteria.3.title`), gaps left as blank ones. */
export function rawCriteriaOf(fields: Readonly<Record<string, unknown>>): RawCriterion[] {
	const found: RawCriterion[] = [];
	for (const [field, value] of Object.entries(fields)) {
		const [, index, part] = FIELD.exec(field) ?? [];
		if (index === undefined || typeof value !== 'string') continue;
		(found[Number(index)] ??= blankCriterion())[part as (typeof PARTS)[number]] = value;
	}
	return Array.from(found, (one) => one ?? blankCriterion());
}

/** Criteria after what a button asks for: `up.3`, `down.3` or `remove.3`. */
export function criteriaAfter<C extends RawCriterion>(criteria: readonly C[], change: string): C[] {
	const [, what, index] = /^(up|down|remove)\.(\d{1,2})$/.exec(change) ?? [];
	const from = Number(index);
	const moved = criteria[from];
	if (!moved) return [...criteria];
	const rest = criteria.toSpliced(from, 1);
	if (what === 'remove') return rest;
	return rest.toSpliced(Math.max(0, what === 'up' ? from - 1 : from + 1), 0, moved);
}

/** A kept task as its form would send it. */
export function rawTaskOf(task: Task): RawTask {
	return {
		...{ title: task.title, instructions: task.instructions },
		...{ photos: String(task.photos), videos: String(task.videos) },
		passPoints: task.passPoints === null ? '' : String(task.passPoints),
		assessors: String(task.assessors ?? 1),
		criteria: task.criteria.map((one) => ({
			...blankCriterion(),
			...{ id: one.id, title: one.title, isMust: one.isMust ? 'yes' : '' },
			...Object.fromEntries(
				one.levels.flatMap(({ level, description, picture }) => [
					[level, description],
					[`${level}Picture`, picture?.id ?? ''],
					[`${level}Alt`, picture?.alt ?? '']
				])
			)
		}))
	};
}

/** The same as a form's fields. */
export const fieldsOf = ({ criteria, ...rest }: RawTask): Record<string, string> => ({
	...rest,
	...Object.fromEntries(
		criteria.flatMap((one, at) =>
			PARTS.map((part) => [`criteria.${at}.${part}`, one[part]] as const)
		)
	)
});

const amount = (max: number) =>
	v.pipe(
		v.optional(v.string(), '0'),
		v.picklist(
			Array.from({ length: max + 1 }, (_, at) => String(at)),
			'choose_one'
		),
		v.transform(Number)
	);

const onOneLine = (text: string): string => text.replaceAll('\n', ' ');
const description = lines(MAX_DESCRIPTION);
const picture = v.pipe(
	v.optional(v.string(), ''),
	v.check((text) => text === '' || isId(text), 'not_found')
);
const alt = lines(MAX_ALT);
const RowFields = v.object({
	id: v.nullable(id),
	title: line(MAX_CRITERION),
	isMust: v.pipe(
		v.string(),
		v.transform((text) => text === 'yes')
	),
	...{ great: description, good: description, nearly: description, notYet: description },
	...{
		greatPicture: picture,
		goodPicture: picture,
		nearlyPicture: picture,
		notYetPicture: picture
	},
	...{ greatAlt: alt, goodAlt: alt, nearlyAlt: alt, notYetAlt: alt }
});
const Row = v.pipe(
	RowFields,
	v.forward(
		v.check(
			(row) => LEVELS.filter((level) => row[level] !== '').length >= MIN_LEVELS,
			'levels_few'
		),
		['title']
	),
	v.rawCheck(({ dataset, addIssue }) => {
		if (!dataset.typed) return;
		const row = dataset.value;
		for (const level of LEVELS) {
			if (row[`${level}Picture`] === '') continue;
			const missing = [level, `${level}Alt` as const].filter((part) => row[part] === '');
			for (const key of missing) {
				const at = { type: 'object', origin: 'value', input: row, key, value: '' } as const;
				addIssue({ message: key === level ? 'example_unsaid' : 'alt_missing', path: [at] });
			}
		}
	}),
	v.transform(({ id, title, isMust, ...texts }) => ({
		...{ id, title, isMust },
		levels: LEVELS.flatMap((level) => {
			if (texts[level] === '') return [];
			const shown = { id: texts[`${level}Picture`], alt: onOneLine(texts[`${level}Alt`]) };
			const picture = shown.id === '' ? undefined : shown;
			return { level, description: onOneLine(texts[level]), ...(picture && { picture }) };
		})
	}))
);

const Fields = v.object({
	baseRevision: revisionOrNone,
	title: line(MAX_TASK_TITLE),
	instructions: lines(MAX_INSTRUCTIONS),
	photos: amount(MAX_PHOTOS),
	videos: amount(MAX_VIDEOS),
	passPoints: v.nullable(
		v.pipe(
			v.string(),
			v.trim(),
			v.regex(/^[1-9]\d?$/, 'points_odd'),
			v.transform((text) => Number(text))
		)
	),
	assessors: v.picklist(['1', '2'], 'choose_one'),
	criteria: v.pipe(
		v.array(v.nullable(Row)),
		v.transform((rows) => rows.filter((row) => row !== null)),
		v.minLength(1, 'criteria_none'),
		v.maxLength(MAX_CRITERIA, 'too_many_entries')
	)
});

const Checked = v.pipe(
	Fields,
	v.forward(
		v.check(({ photos, videos }) => photos + videos > 0, 'hand_in_nothing'),
		['photos']
	),
	v.forward(
		v.check(
			({ passPoints, criteria }) => (passPoints ?? 0) <= mostPoints(criteria),
			'points_too_many'
		),
		['passPoints']
	),
	// One is the usual, and is not kept: what is usual may be said better one day.
	v.transform(({ assessors, ...task }) => ({
		...task,
		...(assessors === '2' && { assessors: 2 as const })
	}))
);

/** What a button of the form asks for is done first; blank rows keep their place as null. */
const rowsOf = (fields: Readonly<Record<string, unknown>>): unknown =>
	criteriaAfter(rawCriteriaOf(fields), typeof fields.change === 'string' ? fields.change : '').map(
		(raw) => (isBlank(raw) ? null : { ...raw, id: raw.id === '' ? null : raw.id })
	);

/** All of it as one form. An empty criterion is none; no number of points means that no sum decides. */
export const PracticeForm = v.pipe(
	v.record(v.string(), v.unknown()),
	v.transform((fields) => ({
		...{ baseRevision: fields.baseRevision, title: fields.title },
		...{ instructions: fields.instructions, photos: fields.photos, videos: fields.videos },
		passPoints:
			typeof fields.passPoints === 'string' && fields.passPoints.trim() !== ''
				? fields.passPoints
				: null,
		assessors: fields.assessors ?? '1',
		criteria: rowsOf(fields)
	})),
	Checked
);
export type PracticeInput = v.InferOutput<typeof PracticeForm>;

/** Taking the task away; what is kept is what the page has shown. */
export const RemovePracticeForm = v.object({ baseRevision: revisionOrNone });
