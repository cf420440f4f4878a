import { filmSeconds, mouldKnocksAt, ovenRingsAt } from './timeline.ts';

const samplesPerSecond = 44_100;

/** One struck note: a sine and two overtones that die away. */
type Note = { at: number; hertz: number; loudness: number; decaySeconds: number };

// A pentatonic phrase, one bar in 3 seconds: it cannot clash with itself and never asks for attention.
const pentatonic = [261.63, 293.66, 329.63, 392, 440, 523.25, 587.33];
const phrase = [0, 2, 4, 3, 1, 4, 5, 2, 3, 6, 4, 1];

function melody(): Note[] {
	const notes: Note[] = [];
	for (let index = 0; index * 0.75 < filmSeconds - 2; index++) {
		if (index % 4 === 3 && index % 8 !== 7) continue;
		const hertz = pentatonic[phrase[index % phrase.length] ?? 0] ?? 261.63;
		notes.push({ at: 0.4 + index * 0.75, hertz, loudness: 0.07, decaySeconds: 0.9 });
		if (index % 4 === 0) {
			notes.push({ at: 0.4 + index * 0.75, hertz: hertz / 2, loudness: 0.06, decaySeconds: 1.8 });
		}
	}
	return notes;
}

function effects(): Note[] {
	const knocks = mouldKnocksAt.map((at) => ({
		at,
		hertz: 150,
		loudness: 0.5,
		decaySeconds: 0.045
	}));
	const bell = [0, 0.55].flatMap((delay) => [
		{ at: ovenRingsAt + delay, hertz: 1567.98, loudness: 0.2, decaySeconds: 0.8 },
		{ at: ovenRingsAt + delay, hertz: 2093, loudness: 0.12, decaySeconds: 0.6 }
	]);
	return [...knocks, ...bell];
}

/** The sound of the demonstration as a mono WAV file: a soft phrase, three knocks, the oven's bell. */
export function synthesize(): Buffer {
	const samples = new Float64Array(filmSeconds * samplesPerSecond);
	for (const note of [...melody(), ...effects()]) strike(samples, note);
	const data = Buffer.alloc(samples.length * 2);
	samples.forEach((value, index) => {
		const secondsLeft = (samples.length - index) / samplesPerSecond;
		const fade = Math.min(1, secondsLeft / 1.5);
		data.writeInt16LE(Math.round(Math.max(-1, Math.min(1, value * fade)) * 32_000), index * 2);
	});
	return Buffer.concat([waveHeader(data.length), data]);
}

function strike(samples: Float64Array, note: Note): void {
	const start = Math.round(note.at * samplesPerSecond);
	const length = Math.round(note.decaySeconds * 6 * samplesPerSecond);
	for (let index = 0; index < length && start + index < samples.length; index++) {
		const seconds = index / samplesPerSecond;
		const envelope = Math.min(1, seconds / 0.006) * Math.exp(-seconds / note.decaySeconds);
		const phase = 2 * Math.PI * note.hertz * seconds;
		const wave = Math.sin(phase) + 0.25 * Math.sin(phase * 2) + 0.08 * Math.sin(phase * 3);
		samples[start + index] = (samples[start + index] ?? 0) + wave * envelope * note.loudness;
	}
}

/** RIFF/WAVE, PCM, 1 channel, 16 bits. */
function waveHeader(dataBytes: number): Buffer {
	const header = Buffer.alloc(44);
	header.write('RIFF', 0);
	header.writeUInt32LE(36 + dataBytes, 4);
	header.write('WAVEfmt ', 8);
	header.writeUInt32LE(16, 16);
	header.writeUInt16LE(1, 20);
	header.writeUInt16LE(1, 22);
	header.writeUInt32LE(samplesPerSecond, 24);
	header.writeUInt32LE(samplesPerSecond * 2, 28);
	header.writeUInt16LE(2, 32);
	header.writeUInt16LE(16, 34);
	header.write('data', 36);
	header.writeUInt32LE(dataBytes, 40);
	return header;
}
