/**
 * Drafts and versions: what trainees see of a lesson, as it is kept for good when it is published,
 * and what differs between two of them.
 */
import * as v from 'valibot';
import { Attachment } from './attachments.ts';
import { Completion, USUAL } from './completion.ts';
import { HAZARDS } from './hazards.ts';
import { id } from './fields.ts';
import {
	CAPTION_LANGUAGES,
	CAPTION_TIERS,
	type CaptionLanguage,
	type CaptionTier,
	TEACHING_MODES
} from './lessons.ts';
import { examplesOf, Task, taskAsSeen } from './practice.ts';

export const MAX_WHAT_CHANGED = 120;

const ms = v.pipe(v.number(), v.integer());
const span = { startMs: ms, endMs: ms };

const Film = v.object({
	id: v.string(),
	digest: v.string(),
	fileName: v.string(),
	durationMs: ms,
	width: v.number(),
	height: v.number(),
	hasSound: v.boolean()
});
export type Film = v.InferOutput<typeof Film>;

/** All of a lesson that is its own; the words of the glossary belong to the course. */
export const Content = v.object({
	title: v.string(),
	summary: v.string(),
	teachingMode: v.picklist(TEACHING_MODES),
	/** A draft may have none yet. */
	demonstration: v.optional(Film),
	sign: v.optional(Film),
	signOffsetMs: ms,
	sections: v.array(v.object({ lessonMs: ms, mediaMs: ms, lengthMs: ms })),
	captions: v.array(
		v.object({
			id: v.string(),
			language: v.picklist(CAPTION_LANGUAGES),
			tier: v.picklist(CAPTION_TIERS),
			webvtt: v.string()
		})
	),
	steps: v.array(
		v.object({
			id: v.string(),
			title: v.string(),
			...span,
			pictureAtMs: ms,
			/** The demonstration its picture was taken from. */
			pictureTrackId: v.nullable(v.string()),
			note: v.string(),
			hazards: v.optional(v.array(v.picklist(HAZARDS))),
			timer: v.optional(v.object({ label: v.string(), durationMs: ms }))
		})
	),
	turns: v.array(
		v.object({ ...span, sign: v.optional(v.object(span)), hands: v.optional(v.object(span)) })
	),
	areas: v.array(
		v.object({ ...span, x: v.number(), y: v.number(), width: v.number(), height: v.number() })
	),
	practice: v.optional(Task),
	/** What is asked for before it counts as done; the usual where nothing is said. */
	completion: v.optional(Completion),
	attachments: v.optional(v.array(v.object({ id: v.string(), ...Attachment.entries })))
});
export type Content = v.InferOutput<typeof Content>;

/** A published content has a video: the gate lets nothing else through. */
export const PublishedContent = v.object({ ...Content.entries, demonstration: Film });
export type PublishedContent = v.InferOutput<typeof PublishedContent>;

export type Difference =
	| {
			what:
				| 'title'
				| 'summary'
				| 'mode'
				| 'demonstration'
				| 'sign'
				| 'placement'
				| 'steps'
				| 'turns'
				| 'areas'
				| 'practice'
				| 'completion'
				| 'attachments';
	  }
	| {
			what: 'captions';
			language: CaptionLanguage;
			tier: CaptionTier;
			change: 'added' | 'removed' | 'changed';
	  };

/** What a trainee would notice, in the order of a lesson's page. */
export function differencesBetween(before: Content, after: Content): Difference[] {
	const isOther = (of: (content: Content) => unknown) =>
		JSON.stringify(of(before)) !== JSON.stringify(of(after));
	const plain = (
		[
			['title', ({ title }) => title],
			['summary', ({ summary }) => summary],
			['mode', ({ teachingMode }) => teachingMode],
			['demonstration', ({ demonstration }) => demonstration?.id],
			['sign', ({ sign }) => sign?.id],
			['placement', (content) => content.sign && placed(content)],
			['steps', ({ steps }) => steps.map(stepAsSeen)],
			['turns', ({ turns }) => turns.map(turnAsSeen)],
			['areas', ({ areas }) => areas.map(areaAsSeen)],
			['practice', ({ practice }) => [taskAsSeen(practice), examplesOf(practice)]],
			['completion', ({ completion = USUAL }) => Object.values(completion)],
			['attachments', ({ attachments = [] }) => attachments.map(({ id }) => id)]
		] satisfies [Exclude<Difference['what'], 'captions'>, (content: Content) => unknown][]
	).flatMap(([what, of]) => (isOther(of) ? [{ what }] : []));
	// Another sign video stands somewhere of its own: that is said once.
	const isSignOther = plain.some(({ what }) => what === 'sign');
	return [
		...plain.filter(({ what }) => what !== 'placement' || !isSignOther),
		...captionDifferences(before, after)
	];
}

const turnAsSeen = ({ startMs, endMs, sign, hands }: Content['turns'][number]) => [
	...[startMs, endMs, sign?.startMs, sign?.endMs, hands?.startMs, hands?.endMs]
];

const areaAsSeen = ({ startMs, endMs, x, y, width, height }: Content['areas'][number]) => [
	...[startMs, endMs, x, y, width, height]
];

const placed = ({ signOffsetMs, sections }: Content) => [
	signOffsetMs,
	...sections.map(({ lessonMs, mediaMs, lengthMs }) => [lessonMs, mediaMs, lengthMs])
];

const stepAsSeen = ({
	title,
	startMs,
	endMs,
	pictureAtMs,
	note,
	hazards,
	timer
}: Content['steps'][number]) => [
	...[title, startMs, endMs, pictureAtMs, note, hazards?.join()],
	...(timer ? [timer.label, timer.durationMs] : [])
];

function captionDifferences(before: Content, after: Content): Difference[] {
	const textOf = (content: Content, language: CaptionLanguage, tier: CaptionTier) =>
		content.captions.find((one) => one.language === language && one.tier === tier)?.webvtt;
	return CAPTION_LANGUAGES.flatMap((language) =>
		CAPTION_TIERS.flatMap((tier): Difference[] => {
			const [old, fresh] = [textOf(before, language, tier), textOf(after, language, tier)];
			if (old === fresh) return [];
			const change = old === undefined ? 'added' : fresh === undefined ? 'removed' : 'changed';
			return [{ what: 'captions', language, tier, change }];
		})
	);
}

/** Names the videos of a version: what was watched of them counts for these only. */
export const filmsOf = (films: { demonstrationId: string; signId: string | null }): string =>
	films.signId === null ? films.demonstrationId : `${films.demonstrationId}+${films.signId}`;

/** Publishing: what has changed may be said in a line, for colleagues and staff. */
export const PublishForm = v.object({
	whatChanged: v.pipe(
		v.optional(v.string('required'), ''),
		v.trim(),
		v.maxLength(MAX_WHAT_CHANGED, 'too_long'),
		v.regex(/^[^\p{Cc}]*$/u, 'odd_characters')
	)
});

/** Moving a class to the newest version of one lesson; of all of them when none is named. */
export const MoveForm = v.object({ lessonId: v.optional(id) });
export const MoveClassForm = v.object({ classId: id });

/** A version by its number, as it stands in an address. */
export const VersionNumber = v.pipe(
	v.string('not_found'),
	v.regex(/^[1-9]\d{0,5}$/, 'not_found'),
	v.transform(Number)
);

export const PutBackForm = v.object({ number: VersionNumber });
