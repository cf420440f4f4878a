/**
 * Where what a capability refuses becomes HTTP: once, for loads, actions and endpoints.
 */
import { error, fail, type ActionFailure } from '@sveltejs/kit';
import { isDiskFull } from '#lib/server/disk-full.ts';
import { Conflict, Invalid, NotAllowed, NotFound, TooMany } from '#lib/server/errors.ts';
import { say } from '#lib/words/problems.ts';

/** What a form gets back when it could not be taken: sentences by field, '' for the whole form. */
export type Refused = { problems: Record<string, string>; values: Record<string, string> };

function toHttp(thrown: unknown): never {
	// "Not yours" and "not there" are one answer: nothing is told about what exists.
	if (thrown instanceof NotFound || thrown instanceof NotAllowed) error(404, 'not found');
	if (thrown instanceof TooMany)
		error(429, { message: 'too many', retryAfterSeconds: thrown.retryAfterSeconds });
	if (thrown instanceof Conflict) error(409, say({ code: thrown.problem }));
	if (thrown instanceof Invalid) error(400, Object.values(thrown.problems).map(say).join(' '));
	if (isDiskFull(thrown)) {
		noteFull(thrown);
		error(507, say({ code: 'server_full' }));
	}
	throw thrown;
}

/** Whoever looks after the server has to hear of it, though it is answered in words. */
const noteFull = (thrown: unknown): void => console.error('the disk is full:', thrown);

/** A load or endpoint whose refusals become their status. */
export const answering =
	<Event, Answer>(work: (event: Event) => Promise<Answer>) =>
	async (event: Event): Promise<Answer> => {
		try {
			return await work(event);
		} catch (thrown) {
			return toHttp(thrown);
		}
	};

type FormEvent = { request: Request; url: URL };

/**
 * What was sent is more than the server reads in one request: SvelteKit finds out while it is read.
 * Nothing of it is known, not even which of a page's forms it was: forms are named as their actions.
 */
function unreadable({ url }: FormEvent, thrown: unknown): ActionFailure<Refused> {
	if ((thrown as { status?: unknown }).status !== 413) error(400, 'unreadable form');
	const form = /^\?\/(\w+)/.exec(url.search)?.[1];
	const values: Record<string, string> = form === undefined ? {} : { form };
	return fail(413, { problems: { '': say({ code: 'form_too_large' }) }, values });
}

/**
 * A form action: gets the form's data; what is wrong with it goes back to the form in the
 * person's language, with what was typed (never a password).
 */
export const action =
	<Event extends FormEvent, Answer>(work: (event: Event, form: FormData) => Promise<Answer>) =>
	async (event: Event): Promise<Answer | ActionFailure<Refused>> => {
		let form: FormData;
		try {
			form = await event.request.formData();
		} catch (thrown) {
			return unreadable(event, thrown);
		}
		try {
			return await work(event, form);
		} catch (thrown) {
			if (thrown instanceof Invalid) return fail(400, refused(thrown.problems, form));
			if (thrown instanceof Conflict)
				return fail(409, refused({ '': { code: thrown.problem } }, form));
			if (thrown instanceof TooMany) {
				const minutes = Math.ceil(thrown.retryAfterSeconds / 60);
				return fail(429, refused({ '': { code: 'too_many', values: { minutes } } }, form));
			}
			if (isDiskFull(thrown)) {
				noteFull(thrown);
				return fail(507, refused({ '': { code: 'server_full' } }, form));
			}
			return toHttp(thrown);
		}
	};

const refused = (problems: Invalid['problems'], form: FormData): Refused => ({
	problems: Object.fromEntries(
		Object.entries(problems).map(([field, problem]) => [field, say(problem)])
	),
	// A field sent several times (check boxes) comes back as one, its values apart by a space.
	values: Object.fromEntries(
		[...new Set(form.keys())].flatMap((field) => {
			const texts = form.getAll(field).filter((value) => typeof value === 'string');
			return texts.length > 0 && !/password/i.test(field) ? [[field, texts.join(' ')]] : [];
		})
	)
});
