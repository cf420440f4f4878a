/** People on their way to a certificate of completion, and those who hold one. */
import type { PersonActor } from '#lib/server/access/actor.ts';
import * as certificates from '#lib/server/certificates/certificates.ts';
import * as issuing from '#lib/server/certificates/issuing.ts';
import type { Database } from '#lib/server/database/database.ts';
import * as progress from '#lib/server/progress/progress.ts';

/** Watches from a moment to another, the whole minute of a lesson made for a test by default. */
export const watch = (
	db: Database,
	who: PersonActor,
	lessonId: string,
	[fromMs, toMs]: [number, number] = [0, 60_000]
) =>
	progress.record(db, who, lessonId, {
		ranges: [[fromMs, toMs]],
		positionMs: toMs,
		positionAt: new Date().toISOString()
	});

/** Staff issue it to one who is ready. @returns its number */
export async function graduate(
	db: Database,
	{ staff, classId, trainee }: { staff: PersonActor; classId: string; trainee: PersonActor }
): Promise<string> {
	const of = await issuing.forIssuing(db, staff, classId);
	await issuing.issue(db, of, [trainee.id], '示例协会');
	const own = await certificates.of(db, trainee);
	return own.find(({ revokedAt }) => revokedAt === null)?.number ?? '';
}
