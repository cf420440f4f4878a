/** A film is looked into and made anew: the page tells when that is done. */
import { invalidateAll } from '$app/navigation';

const LOOK_EVERY_MS = 2500;

/** Asks for the page's data again and again. Call it while a component is made. */
export function lookAgainWhile(isPreparing: () => boolean): void {
	$effect(() => {
		if (!isPreparing()) return;
		const timer = setInterval(() => void invalidateAll(), LOOK_EVERY_MS);
		return () => clearInterval(timer);
	});
}
