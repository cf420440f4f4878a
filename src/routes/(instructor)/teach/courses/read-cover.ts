/** The chosen cover's bytes; undefined where none was chosen. */
export const bytesOfCover = async (cover: File | undefined): Promise<Uint8Array | undefined> =>
	cover && cover.size > 0 ? new Uint8Array(await cover.arrayBuffer()) : undefined;
