/** The camera: asked for, shown, and lost in plain words. Never with sound. */

export type CameraState =
	'off' | 'asking' | 'on' | 'refused' | 'missing' | 'busy' | 'lost' | 'unsupported';

/** Hands blur below 25 frames a second (ITU-T H Suppl. 1); 30 is what most cameras give. */
const WISHES: MediaTrackConstraints = {
	facingMode: 'user',
	width: { ideal: 1280 },
	height: { ideal: 720 },
	frameRate: { ideal: 30, min: 15 }
};

const STATES: Record<string, CameraState> = {
	NotAllowedError: 'refused',
	SecurityError: 'refused',
	NotFoundError: 'missing',
	NotReadableError: 'busy',
	AbortError: 'busy'
};

export class Camera {
	state: CameraState = $state('off');
	stream: MediaStream | undefined = $state.raw();
	/** Told when the picture ends by itself: unplugged, taken away, or the system wants it. */
	onlost: () => void = () => undefined;

	async open(): Promise<void> {
		if (this.state === 'on' || this.state === 'asking') return;
		if (!navigator.mediaDevices?.getUserMedia || !('MediaRecorder' in window)) {
			this.state = 'unsupported';
			return;
		}
		this.state = 'asking';
		try {
			const stream = await ask(WISHES);
			const [track] = stream.getVideoTracks();
			track?.addEventListener('ended', () => this.#lose());
			this.stream = stream;
			this.state = 'on';
		} catch (error) {
			this.state = STATES[error instanceof Error ? error.name : ''] ?? 'missing';
		}
	}

	close(): void {
		for (const track of this.stream?.getTracks() ?? []) track.stop();
		this.stream = undefined;
		this.state = 'off';
	}

	#lose(): void {
		this.stream = undefined;
		this.state = 'lost';
		this.onlost();
	}
}

/** Any picture is better than none: an old webcam that refuses the wishes is asked without them. */
async function ask(wishes: MediaTrackConstraints): Promise<MediaStream> {
	try {
		return await navigator.mediaDevices.getUserMedia({ video: wishes, audio: false });
	} catch (error) {
		if (!(error instanceof Error) || error.name !== 'OverconstrainedError') throw error;
		return navigator.mediaDevices.getUserMedia({ video: true, audio: false });
	}
}
