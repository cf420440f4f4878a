/** Gives bytes to the person as a file. */
export function saveAs(bytes: Uint8Array<ArrayBuffer>, name: string): void {
	const address = URL.createObjectURL(new Blob([bytes], { type: 'application/octet-stream' }));
	const link = document.createElement('a');
	link.href = address;
	link.download = name;
	link.click();
	// The browser has begun to read it by then.
	setTimeout(() => URL.revokeObjectURL(address), 60_000);
}
