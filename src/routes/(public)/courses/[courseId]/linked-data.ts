/**
 * A listed course as schema.org describes one, so that who looks for a course in sign language finds
 * it. Only what was checked is said: a feature of a course is one that all its lessons have.
 */
import type { CaptionLanguage } from '#lib/domain/lessons.ts';
import { asScript } from '../../as-script.ts';

type Lesson = {
	title: string;
	summary: string;
	publishedAt: string;
	durationMs: number | null;
	hasSound: boolean;
	isSigned: boolean;
	captionLanguages: readonly CaptionLanguage[];
};
type Course = {
	id: string;
	title: string;
	summary: string;
	cover: string | undefined;
	lessons: readonly Lesson[];
};

/** Chinese Sign Language, as BCP 47 names it. */
const SIGN_LANGUAGE = 'csl';

export function linkedDataOf(course: Course, origin: string): string {
	const address = `${origin}/courses/${course.id}`;
	const provider = { '@type': 'Organization', name: '云无声 Yun Wusheng', url: `${origin}/` };
	const { lessons } = course;
	const data = {
		'@context': 'https://schema.org',
		'@type': ['Course', 'LearningResource'],
		'@id': address,
		url: address,
		name: course.title,
		...(course.summary !== '' && { description: course.summary }),
		...(course.cover && { image: origin + course.cover }),
		provider,
		learningResourceType: 'course',
		...accessibilityOf(lessons),
		accessibilityControl: ['fullKeyboardControl', 'fullMouseControl', 'fullTouchControl'],
		...duration('timeRequired', sum(lessons.map(({ durationMs }) => durationMs ?? 0))),
		hasPart: lessons.map((lesson, index) => ({
			'@type': 'LearningResource',
			name: lesson.title,
			position: index + 1,
			...(lesson.summary !== '' && { description: lesson.summary }),
			...accessibilityOf([lesson]),
			video: {
				'@type': 'VideoObject',
				name: lesson.title,
				description: lesson.summary || lesson.title,
				uploadDate: lesson.publishedAt,
				requiresSubscription: true,
				...(course.cover && { thumbnailUrl: origin + course.cover }),
				...duration('duration', lesson.durationMs ?? 0),
				...accessibilityOf([lesson])
			}
		}))
	};
	return asScript(data);
}

/** The list itself: which courses there are, and what each of them has; of their lessons, their own pages. */
export function linkedListOf(
	courses: readonly Pick<Course, 'id' | 'title' | 'summary' | 'lessons'>[],
	origin: string
): string {
	return asScript({
		'@context': 'https://schema.org',
		'@type': 'ItemList',
		itemListElement: courses.map(({ id, title, summary, lessons }, index) => ({
			'@type': 'ListItem',
			position: index + 1,
			item: {
				'@type': ['Course', 'LearningResource'],
				'@id': `${origin}/courses/${id}`,
				url: `${origin}/courses/${id}`,
				name: title,
				...(summary !== '' && { description: summary }),
				...accessibilityOf(lessons)
			}
		}))
	});
}

/** What holds of all of these lessons. */
function accessibilityOf(lessons: readonly Lesson[]) {
	const all = (is: (lesson: Lesson) => boolean) => lessons.length > 0 && lessons.every(is);
	const isSigned = all((lesson) => lesson.isSigned);
	const isCaptioned = all(({ captionLanguages }) => captionLanguages.length > 0);
	const written = (['zh-CN', 'en'] as const).filter((language) =>
		all(({ captionLanguages }) => captionLanguages.includes(language))
	);
	// The transcript is made of the captions: where these are, it is (src/lib/player).
	const features = [
		...(isSigned ? ['signLanguage'] : []),
		...(isCaptioned ? ['captions', 'transcript'] : [])
	];
	const hasSound = lessons.some((lesson) => lesson.hasSound);
	return {
		inLanguage: [...(isSigned ? [SIGN_LANGUAGE] : []), ...written],
		accessMode: ['visual', ...(isCaptioned ? ['textual'] : []), ...(hasSound ? ['auditory'] : [])],
		// Nothing in a lesson needs hearing, where it is signed or captioned.
		...((isSigned || isCaptioned) && {
			accessModeSufficient: [
				{
					'@type': 'ItemList',
					itemListElement: isCaptioned && !isSigned ? ['visual', 'textual'] : ['visual']
				}
			]
		}),
		...(features.length > 0 && { accessibilityFeature: features })
	};
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** ISO 8601, in whole seconds; nothing for nothing. */
const duration = <K extends string>(key: K, ms: number): Partial<Record<K, string>> =>
	ms > 0 ? ({ [key]: `PT${Math.round(ms / 1000)}S` } as Record<K, string>) : {};
