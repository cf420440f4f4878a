/** What the gate of `domain/gate.ts` judges by, read from what there is of a lesson. */
import { createHash } from 'node:crypto';
import type { Stretch } from '#lib/captions/check.ts';
import type { Cue } from '#lib/captions/cue.ts';
import { plainText } from '#lib/captions/payload.ts';
import { isQuiet } from '#lib/captions/quiet.ts';
import { type Advice, adviceFor } from '#lib/domain/advice.ts';
import { consentStanding } from '#lib/domain/consents.ts';
import type { GateFacts, ReviewStanding } from '#lib/domain/gate.ts';
import { type CaptionLanguage, tracksOf } from '#lib/domain/lessons.ts';
import { unsignedCues } from '#lib/domain/signed.ts';
import type { Database } from '../database/database.ts';
import { judgeCaptions } from './gate-captions.ts';
import * as queries from './gate.queries.ts';

export type Judged = GateFacts & {
	isPublished: boolean;
	/** Names what a reviewer would see: videos, their place and captions, to the last letter. */
	contentDigest: string;
	/** What would make it better, and blocks nothing. */
	advice: Advice[];
	/** Long stretches about which full captions say nothing. */
	stretches: (Stretch & { language: CaptionLanguage })[];
};

/** Of each of these lessons, by its id; one that is not there is left out. */
export async function factsOf(
	db: Database,
	lessonIds: readonly string[]
): Promise<Map<string, Judged>> {
	const rows = await queries.gateRows(db, lessonIds);
	return new Map(rows.lessons.map((lesson) => [lesson.id, judged(lesson, rows)]));
}

type Rows = queries.GateRows;

function judged(lesson: Rows['lessons'][number], all: Rows): Judged {
	const isIts = ({ lessonId }: { lessonId: string }) => lessonId === lesson.id;
	const rows: Rows = {
		lessons: [lesson],
		tracks: all.tracks.filter(isIts),
		captions: all.captions.filter(isIts),
		steps: all.steps.filter(isIts),
		sections: all.sections.filter(isIts),
		areas: all.areas.filter(isIts),
		reviews: all.reviews.filter(isIts),
		consents: all.consents.filter(isIts),
		exceptions: all.exceptions.filter(isIts),
		signedTerms: all.signedTerms.filter(isIts)
	};
	const demonstration = rows.tracks.find(({ kind }) => kind === 'demonstration');
	const film = {
		...{ teachingMode: lesson.teachingMode, areas: rows.areas },
		durationMs: demonstration?.durationMs ?? null,
		hasSound: demonstration?.hasSound === 1
	};
	const written = rows.captions.map((one) => judgeCaptions(one, film));
	const stretches = written.flatMap(({ language, stretches }) =>
		stretches.map((stretch) => ({ language, ...stretch }))
	);
	const advised = (rule: Stretch['rule']) =>
		stretches.filter((one) => one.rule === rule && one.level === 'advice').length;
	const contentDigest = digestOf(lesson, rows);
	return {
		teachingMode: lesson.teachingMode,
		isPublished: lesson.publicationId !== null,
		tracks: rows.tracks.map(({ kind, state, frameRateMillihertz }) => ({
			kind,
			state,
			frameRate: frameRateMillihertz === null ? null : frameRateMillihertz / 1000
		})),
		captions: written.map(({ language, tier, faults, stretches }) => ({
			...{ language, tier, faults },
			emptyStretches: stretches.filter(({ level }) => level === 'must').length
		})),
		stretches,
		unsignedCues: countUnsigned(written[0]?.cues ?? [], lesson, rows),
		steps: {
			count: rows.steps.length,
			withoutPicture: rows.steps.filter((step) => step.pictureTrackId !== demonstration?.id).length
		},
		consent: consentStanding(lesson.teachingMode, rows.tracks, rows.consents),
		review: reviewStanding(rows, contentDigest),
		exceptions: rows.exceptions.map(({ topic }) => topic),
		contentDigest,
		advice: adviceFor({
			captionFindings: written.reduce((sum, { advice }) => sum + advice, 0),
			quietStretches: advised('uncovered'),
			soundsUntold: advised('noSounds'),
			languages: written.flatMap(({ tier, language }) => (tier === 'full' ? language : [])),
			wordsWithSigns: rows.signedTerms.flatMap(({ term, variants }) => [
				term,
				...(JSON.parse(variants) as string[])
			]),
			stepsWithoutNote: rows.steps.filter(({ note }) => note === '').length,
			chinese: [
				lesson.summary,
				...rows.steps.flatMap(({ title, note }) => [title, note]),
				...written.flatMap(({ language, cues }) =>
					language === 'zh-CN' ? cues.map(({ text }) => plainText(text)) : []
				)
			]
		})
	};
}

/** Lessons signed at source have one picture, which is signed throughout. */
function countUnsigned(cues: readonly Cue[], lesson: Rows['lessons'][number], rows: Rows): number {
	if (lesson.teachingMode === 'signed_at_source') return 0;
	const signMs = rows.tracks.find(({ kind }) => kind === 'sign')?.durationMs ?? 0;
	const placement = { offsetMs: lesson.signOffsetMs, sections: rows.sections };
	// That there are no words needs no signing.
	const said = cues.filter((cue) => !isQuiet(cue));
	return unsignedCues(said, placement, signMs).length;
}

function reviewStanding({ reviews }: Rows, contentDigest: string): ReviewStanding {
	const latest = reviews.at(-1);
	if (!latest) return 'none';
	if (latest.verdict === null) return 'asked';
	if (latest.verdict === 'changes_requested') return 'changes_requested';
	return latest.contentDigest === contentDigest ? 'approved' : 'outdated';
}

function digestOf(lesson: Rows['lessons'][number], rows: Rows): string {
	const wanted = tracksOf(lesson.teachingMode);
	const content = [
		wanted.map((kind) => rows.tracks.find((track) => track.kind === kind)?.id ?? ''),
		wanted.length > 1 ? [lesson.signOffsetMs, ...rows.sections.map(inOrder)] : [],
		rows.captions.map(({ language, tier, webvtt }) => [language, tier, webvtt])
	];
	return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 24);
}

const inOrder = ({ lessonMs, mediaMs, lengthMs }: Rows['sections'][number]) => [
	lessonMs,
	mediaMs,
	lengthMs
];
