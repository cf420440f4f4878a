/** Sends one film in one go: it is short. (`fetch` does not tell how much has gone.) */

/** `text` is the server's own sentence; `isPassing` means that trying again may help. */
export type SendingFault = { isPassing: boolean; isSignedOut: boolean; text?: string };

export type ClipOnItsWay = {
	/** Rejects with a `SendingFault`. */
	sent: Promise<void>;
	abort(): void;
};

export function sendClip(href: string, file: File, tell: (share: number) => void): ClipOnItsWay {
	const request = new XMLHttpRequest();
	const sent = new Promise<void>((resolve, reject) => {
		const fail = (fault: Partial<SendingFault>) =>
			reject({ isPassing: false, isSignedOut: false, ...fault } satisfies SendingFault);
		request.upload.onprogress = ({ loaded, total }) => tell(total > 0 ? loaded / total : 0);
		request.onerror = request.onabort = request.ontimeout = () => fail({ isPassing: true });
		request.onload = () => {
			const { status } = request;
			if (status < 300) return resolve();
			if (status === 401) return fail({ isSignedOut: true });
			fail({ isPassing: status >= 500 || status === 429, text: sentenceOf(request.responseText) });
		};
		request.open('PUT', href);
		request.setRequestHeader('content-type', 'application/octet-stream');
		request.setRequestHeader('accept', 'application/json');
		request.send(file);
	});
	return { sent, abort: () => request.abort() };
}

function sentenceOf(answer: string): string | undefined {
	try {
		const { message } = JSON.parse(answer) as { message?: unknown };
		return typeof message === 'string' ? message : undefined;
	} catch {
		return undefined;
	}
}
