/** A timer's end for somebody who is elsewhere on the phone, if it may be said there. */

const may = (): NotificationPermission =>
	typeof Notification === 'undefined' ? 'denied' : Notification.permission;

/** Whether asking makes sense: neither granted nor refused yet. */
export const canAsk = (): boolean => may() === 'default';

/** Only ever from a tap. @returns whether it was granted */
export const askToNotify = async (): Promise<boolean> =>
	(await Notification.requestPermission()) === 'granted';

/** Says it once, from however many tabs (`id` replaces what bears it); nothing where not allowed. */
export async function notify(id: string, title: string): Promise<void> {
	if (may() !== 'granted' || !document.hidden) return;
	const options = { tag: id, requireInteraction: true };
	try {
		new Notification(title, options);
	} catch {
		// Android shows them only through a service worker.
		const worker = await navigator.serviceWorker?.getRegistration();
		await worker?.showNotification(title, options).catch(() => undefined);
	}
}
