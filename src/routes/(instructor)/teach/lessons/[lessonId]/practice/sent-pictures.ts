/** Example pictures as the form of a task sends them. */
import { ExampleFile } from '#lib/domain/attachments.ts';
import { LEVELS, MAX_CRITERIA } from '#lib/domain/practice.ts';
import type { PersonActor } from '#lib/server/access/actor.ts';
import type { App } from '#lib/server/app.ts';
import type { EditableLesson } from '#lib/server/courses/lessons.ts';
import { Invalid, type Problem } from '#lib/server/errors.ts';
import { read } from '#lib/server/input.ts';
import * as attachments from '#lib/server/media/attachments.ts';

/**
 * Keeps each picture that was chosen, and writes into the form under which id; takes out of it what
 * is not wanted any more. So a form that is refused for something else comes back with its pictures.
 * @throws Invalid with what is wrong with each picture, beside its own field
 */
export async function takePictures(
	{ db, storage }: Pick<App, 'db' | 'storage'>,
	lesson: EditableLesson,
	by: PersonActor,
	form: FormData
): Promise<void> {
	const problems: Record<string, Problem> = {};
	for (let at = 0; at < MAX_CRITERIA; at++)
		for (const level of LEVELS) {
			const field = (part: string) => `criteria.${at}.${level}${part}`;
			if (form.get(field('Drop')) === 'yes') form.set(field('Picture'), '');
			const file = form.get(field('File'));
			if (!(file instanceof File) || file.size === 0) continue;
			try {
				const { name: fileName } = read(ExampleFile, file);
				const bytes = new Uint8Array(await file.arrayBuffer());
				const id = await attachments.addExample(db, storage, lesson, by, { fileName, bytes });
				form.set(field('Picture'), id);
			} catch (error) {
				if (!(error instanceof Invalid)) throw error;
				const [problem] = Object.values(error.problems);
				if (problem) problems[field('File')] = problem;
			}
		}
	if (Object.keys(problems).length > 0) throw new Invalid(problems);
}
