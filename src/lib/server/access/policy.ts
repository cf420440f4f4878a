/**
 * Who may do what: pure functions, default no. tests/capabilities/policy.test.ts holds them as a
 * table of role × action.
 */
import { type Actor, hasRole } from './actor.ts';

type CourseFacts = { readonly instructorIds: readonly string[] };
type ClassFacts = { readonly isPublished: boolean; readonly isEnrolled: boolean };
type WatchFacts = CourseFacts & ClassFacts;

const isOneOf = (actor: Actor, ids: readonly string[]): boolean =>
	actor.type === 'person' && ids.includes(actor.id);

export const mayCreateCourse = (actor: Actor): boolean => hasRole(actor, 'instructor');

export const mayEditCourse = (actor: Actor, course: CourseFacts): boolean =>
	actor.type === 'system' || (hasRole(actor, 'instructor') && isOneOf(actor, course.instructorIds));

/** Staff put courses into the public catalogue; who teaches one may do so with it too. */
export const mayListCourse = (actor: Actor): boolean => hasRole(actor, 'staff');

/**
 * What was watched counts towards a certificate: for trainees of a class only. Staff and
 * instructors look at lessons too, but do not graduate by it.
 */
export const mayRecordProgress = (actor: Actor, lesson: ClassFacts): boolean =>
	hasRole(actor, 'trainee') && lesson.isEnrolled && lesson.isPublished;

/** As what she watched: for trainees of a class only. */
export const mayHandIn = mayRecordProgress;

type SubmissionFacts = CourseFacts & { readonly personId: string };

/** Those who teach the course, and nobody her own work. Staff have no need to see it. */
export const mayAssess = (actor: Actor, of: SubmissionFacts): boolean =>
	hasRole(actor, 'instructor') &&
	isOneOf(actor, of.instructorIds) &&
	!isOneOf(actor, [of.personId]);

/** Whose it is, and, once it is sent, who may judge it; no other trainee, and nobody else. */
export const maySeeWork = (actor: Actor, of: SubmissionFacts & { isSent: boolean }): boolean =>
	isOneOf(actor, [of.personId]) || (of.isSent && mayAssess(actor, of));

type AnswerFacts = {
	/** Whose work it is about, and who is to be seen in it. */
	readonly personId: string;
	readonly madeBy: string;
	readonly isAnswered: boolean;
	readonly isAppeal: boolean;
	readonly isDecidedOpinion: boolean;
};

/**
 * A film of an answer, for somebody who may see the work: her own; what was answered; for those who
 * assess also an appeal, and after it is decided what each of several thought. Nothing before.
 */
export const maySeeAnswer = (actor: Actor, of: AnswerFacts): boolean =>
	isOneOf(actor, [of.madeBy]) ||
	of.isAnswered ||
	(!isOneOf(actor, [of.personId]) && (of.isAppeal || of.isDecidedOpinion));

/** Staff name who assesses where a course has too few; nobody for her own work. */
export const mayAppointAssessors = (actor: Actor): boolean => hasRole(actor, 'staff');
export const mayAppointFor = (actor: Actor, of: { personId: string }): boolean =>
	mayAppointAssessors(actor) && !isOneOf(actor, [of.personId]);

/** Trainees of a class see what is published; its instructors, reviewers and staff see it before. */
export const mayWatchLesson = (actor: Actor, lesson: WatchFacts): boolean =>
	mayEditCourse(actor, lesson) ||
	hasRole(actor, 'staff') ||
	hasRole(actor, 'reviewer') ||
	mayRecordProgress(actor, lesson);

/** Nobody reviews what she made herself. */
export const mayReview = (actor: Actor, course: CourseFacts): boolean =>
	hasRole(actor, 'reviewer') && !isOneOf(actor, course.instructorIds);
export const mayLetThrough = (actor: Actor): boolean => hasRole(actor, 'staff');

export const mayRunClasses = (actor: Actor): boolean => hasRole(actor, 'staff');
/** How trainees of a class come on: staff, and those who teach them. Never another trainee. */
export const maySeeProgress = (actor: Actor, of: CourseFacts): boolean =>
	mayRunClasses(actor) || (hasRole(actor, 'instructor') && isOneOf(actor, of.instructorIds));
/** Staff, after looking at what was done; nobody issues or revokes her own. */
export const mayIssueCertificates = (actor: Actor): boolean => hasRole(actor, 'staff');
export const mayIssueTo = (actor: Actor, holder: { personId: string }): boolean =>
	mayIssueCertificates(actor) && !isOneOf(actor, [holder.personId]);
/** A copy of a document: whose it is, and staff, who have looked at the original. */
export const maySeeRecord = (actor: Actor, holder: { personId: string }): boolean =>
	isOneOf(actor, [holder.personId]) || mayIssueCertificates(actor);
export const mayInvitePeople = (actor: Actor): boolean =>
	actor.type === 'system' || hasRole(actor, 'staff');
export const mayKeepStorefronts = (actor: Actor): boolean => hasRole(actor, 'staff');

/** The graduate's own steps are his alone: staff cannot consent for him. */
export const mayStepAsGraduate = (actor: Actor, placement: { personId: string }): boolean =>
	actor.type === 'person' && actor.id === placement.personId;
/** Staff see every graduate; a colleague, never he himself, acts where he is the graduate. */
export const maySeeGraduates = (actor: Actor): boolean => hasRole(actor, 'staff');
export const mayStepAsStaff = (actor: Actor, placement: { personId: string }): boolean =>
	hasRole(actor, 'staff') && !mayStepAsGraduate(actor, placement);
