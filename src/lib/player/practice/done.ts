/** Which steps of a lesson were done, as this device remembers it. */

export class DoneSteps {
	readonly #key: string;
	#ids: string[];

	/** @param lesson tells this lesson, and whose it is, from others on the device */
	constructor(lesson: string) {
		this.#key = `practised:${lesson}`;
		this.#ids = this.#read();
	}

	/** In the order in which they were done, each once. */
	get ids(): string[] {
		return this.#ids;
	}

	/** Doing a step again changes nothing. @returns all that are done */
	add(stepId: string): string[] {
		// Another tab may have written meanwhile.
		const known = new Set([...this.#ids, ...this.#read(), stepId]);
		this.#ids = [...known];
		try {
			localStorage.setItem(this.#key, JSON.stringify(this.#ids));
		} catch {
			// Full or forbidden: what was done then lasts as long as the page.
		}
		return this.#ids;
	}

	#read(): string[] {
		try {
			const stored: unknown = JSON.parse(localStorage.getItem(this.#key) ?? '[]');
			const all = Array.isArray(stored) ? stored : [];
			return [...new Set(all.filter((id): id is string => typeof id === 'string'))];
		} catch {
			return [];
		}
	}
}
