/**
 * The page's data, asked for anew. Where that fails SvelteKit loads the whole page, and without a
 * network the browser's own error page takes the place of what somebody records or writes: so it is
 * first seen whether the server answers, and a page stays as it is until it does. Where it has just
 * answered a form, there is nothing to ask.
 */
import { invalidateAll } from '$app/navigation';

const PATIENCE_MS = 8000;
const LOOK_EVERY_MS = 1500;

async function isAnswering(): Promise<boolean> {
	try {
		const { ok } = await fetch('/health', {
			...{ method: 'HEAD', cache: 'no-store' },
			signal: AbortSignal.timeout(PATIENCE_MS)
		});
		return ok;
	} catch {
		return false;
	}
}

/** @returns whether the page knows what is true now; false without an answer */
export async function refresh(): Promise<boolean> {
	if (!(await isAnswering())) return false;
	await invalidateAll();
	return true;
}

/**
 * Asks again and again, one question after the other: something is made anew, and the page tells
 * when that is done. Call it while a component is made.
 */
export function refreshWhile(isUnderWay: () => boolean): void {
	$effect(() => {
		if (!isUnderWay()) return;
		let timer: ReturnType<typeof setTimeout>;
		let isOver = false;
		const look = async () => {
			await refresh();
			if (!isOver) timer = setTimeout(look, LOOK_EVERY_MS);
		};
		timer = setTimeout(look, LOOK_EVERY_MS);
		return () => {
			isOver = true;
			clearTimeout(timer);
		};
	});
}
